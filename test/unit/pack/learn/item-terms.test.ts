import { describe, expect, it } from 'vitest'
import { itemTerms, termParts, words } from '../../../../pack/learn/item-terms'

const WEIGHTS = { attribute: 0.7, description: 0.3, pair: 0.5, part: 0.5 }

describe('words', () => {
  it('cuts scripts with and without spaces, and folds width, case and accents', () => {
    expect(words('OPI Nail Lacquer, 0.5-Fluid Ounce E55')).toEqual(['opi', 'nail', 'lacquer', '0.5', 'fluid', 'ounce', 'e55'])
    expect(words('Crème brûlée für Ärzte')).toEqual(['creme', 'brulee', 'fur', 'arzte'])
    expect(words('ｋｉｎｄｌｅ ２')).toEqual(['kindle', '2'])
    expect(words('電動歯ブラシ')).toEqual(['電動', '歯ブラシ'])
    expect(words('عطر نسائي، 50 مل')).toEqual(['عطر', 'نسائي', '50', 'مل'])
    expect(words('लाल साड़ी')).toHaveLength(2)
    expect(words('เสื้อผ้าเด็ก')).toEqual(['เสื้อผ้า', 'เด็ก'])
    expect(words('—!? ')).toEqual([])
  })
})

describe('itemTerms', () => {
  it('weighs a term by the best place it stands in', () => {
    const terms = itemTerms({ title: 'Red Lamp red', attributes: ['Lamp House', '12'], description: 'A lamp, cosy.' }, WEIGHTS)
    expect(Object.fromEntries(terms)).toEqual({
      red: 1,
      lamp: 1,
      'red lamp': 0.5,
      'lamp red': 0.5,
      '=lamp house': 0.7,
      house: 0.7,
      '=12': 0.7,
      a: 0.3,
      cosy: 0.3,
    })
  })

  it('leaves out what counts nothing, and finds nothing in nothing', () => {
    expect([...itemTerms({ title: 'red lamp', attributes: [] }, { ...WEIGHTS, pair: 0 }).keys()]).toEqual(['red', 'lamp'])
    expect(itemTerms({ title: '', attributes: ['', '-'], description: '' }, WEIGHTS).size).toBe(0)
  })
})

describe('termParts', () => {
  const known = new Map(
    Object.entries({
      kaffee: 9,
      maschine: 7,
      kaffeemaschine: 1,
      arbeit: 5,
      platz: 4,
      arbeits: 2,
      eye: 30,
      shadow: 8,
      shampoo: 3,
      kaff: 2,
      eemaschine: 1,
    }),
  )
  const frequency = (word: string) => known.get(word) ?? 0

  it('cuts compounds into words that the catalog has, joints left out', () => {
    expect(termParts('kaffeemaschine', frequency)).toEqual(['kaffee', 'maschine'])
    expect(termParts('arbeitsplatz', frequency)).toEqual(['arbeit', 'platz'])
  })

  it('cuts letters from digits', () => {
    expect(termParts('50ml', frequency)).toEqual(['50', 'ml'])
    expect(termParts('spf15x2', frequency)).toEqual(['spf', '15', 'x', '2'])
  })

  it('leaves whole what has no known parts, too short ones, or is no word', () => {
    for (const term of ['shampoo', 'eyeshadow', '2024', '=kaffeemaschine', 'kaffeemaschine rot', 'lamp']) {
      expect(termParts(term, frequency)).toEqual([])
    }
  })
})
