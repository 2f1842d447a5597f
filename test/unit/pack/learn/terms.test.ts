import { describe, expect, it } from 'vitest'
import type { ItemText, LearnInput } from '../../../../pack/learn/learner'
import { termLists } from '../../../../pack/learn/term-lists'
import { terms } from '../../../../pack/learn/terms'
import type { ModelPart } from '../../../../worker/models/model-part'
import { openTerms } from '../../../../worker/models/terms'

const CHOICE = { attribute: 0.7, description: 0.3, pair: 0, part: 0, minItems: 1, maxShare: 1 }
const title = (text: string): ItemText => ({ title: text, attributes: [] })
const input = (texts: readonly ItemText[]): LearnInput => ({
  log: { itemCount: texts.length, starts: Int32Array.of(0), items: new Int32Array() },
  texts,
  support: 3,
  seed: 1,
})
/** Which item comes first after having seen `seen`, that one left out. */
async function nearest(titles: readonly string[], seen: number): Promise<number> {
  const part: ModelPart = await terms.learn(input(titles.map(title)), terms.choices[0]!)
  const out = new Float32Array(titles.length)
  await openTerms(part).score({ items: Int32Array.of(seen) }, out)
  out[seen] = -1
  return out.indexOf(Math.max(...out))
}

describe('termLists', () => {
  it('numbers terms by how many items have them', () => {
    const lists = termLists(['lamp red', 'red', 'chair red lamp', ''].map(title), CHOICE)
    expect(lists.termCount).toBe(3)
    expect([...lists.starts]).toEqual([0, 2, 3, 6, 6])
    expect([...lists.terms]).toEqual([0, 1, 0, 0, 1, 2])
    expect([...lists.levels]).toEqual(new Array(6).fill(100))
  })

  it('keeps no term of fewer items than told, nor, beyond a hundred items, of too large a share', () => {
    const texts = Array.from({ length: 202 }, (_, item) => title(`all ${item % 2 ? 'odd' : ''} x${item}`))
    expect(termLists(texts, { ...CHOICE, minItems: 2, maxShare: 0.5 }).termCount).toBe(1)
    expect(termLists(texts.slice(0, 100), { ...CHOICE, minItems: 2, maxShare: 0 }).termCount).toBe(2)
  })

  it('adds the parts of words at their weight', () => {
    const lists = termLists(['Kaffeemaschine', 'Kaffee', 'Maschine'].map(title), { ...CHOICE, part: 0.5 })
    expect([...lists.terms.subarray(0, lists.starts[1])]).toEqual([0, 1, 2])
    expect([...lists.levels.subarray(0, lists.starts[1])].sort()).toEqual([100, 50, 50])
  })
})

describe('terms', () => {
  it('finds what is alike in Japanese, German and Arabic', async () => {
    expect(await nearest(['電動歯ブラシ 本体', 'ノートパソコン 本体', '歯ブラシ 電動 替え', 'パソコン バッグ'], 0)).toBe(2)
    expect(
      await nearest(
        ['Kaffeemaschine weiß', 'Waschmaschine weiß', 'Kaffee Maschine rot', 'Waschpulver weiß', 'Schrank weiß', 'Bett weiß'],
        0,
      ),
    ).toBe(2)
    expect(await nearest(['عطر نسائي فرنسي', 'حذاء نسائي جلد', 'عطر فرنسي فاخر', 'حذاء جلد'], 0)).toBe(2)
  })

  it('gives the same part for the same input', async () => {
    const texts = ['red lamp', 'red chair', 'lamp'].map(title)
    expect(await terms.learn(input(texts), terms.choices[0]!)).toEqual(await terms.learn(input(texts), terms.choices[0]!))
  })

  it('can learn where there is a text, and has nothing to say of one item', async () => {
    expect(terms.canLearn(input([]))).toBe(false)
    expect(terms.canLearn(input([title('')]))).toBe(false)
    const { texts: _, ...without } = input([])
    expect(terms.canLearn(without)).toBe(false)
    expect(terms.canLearn(input([title(''), title('lamp')]))).toBe(true)
    expect(await nearest(['lamp'], 0)).toBe(0)
  })
})
