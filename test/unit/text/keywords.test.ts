import { describe, expect, it } from 'vitest'
import { keywords, wordsInCommon } from '../../../worker/text/keywords'

describe('keywords', () => {
  it.each([
    [
      'Hon Deluxe Fabric Upholstered Stacking Chairs, Rounded Back',
      ['Hon', 'Deluxe', 'Fabric', 'Upholstered', 'Stacking', 'Chairs', 'Rounded', 'Back'],
    ],
    ['The paper for your printer', ['paper', 'printer']],
    ['Xerox 1881, 20 lb. 500 sheets', ['Xerox', '1881', 'lb', 'sheets']],
    ["Men's and women’s boots", ["Men's", 'women’s', 'boots']],
    ['Crème brûlée', ['Crème', 'brûlée']],
    ['Galaxy S23 5G', ['Galaxy', 'S23', '5G']],
    ['paper Paper PAPERS', ['paper']],
    ['<b>bold</b>', ['bold']],
    ['', []],
  ])('%s', (text, expected) => {
    expect([...keywords(text).values()]).toEqual(expected)
  })

  it('cuts scripts without spaces into words', () => {
    expect([...keywords('无线蓝牙耳机').values()].join('|')).toMatch(/^.+\|.+$/)
  })
})

describe('wordsInCommon', () => {
  it('folds case, accents and plural, and writes words as the first text does', () => {
    expect(wordsInCommon('Café Chairs in Oak', 'oak CHAIR from a cafe', 6)).toEqual(['Café', 'Chairs', 'Oak'])
  })
  it('keeps to its limit and finds nothing in nothing', () => {
    expect(wordsInCommon('red oak chair', 'red oak chair', 2)).toEqual(['red', 'oak'])
    expect(wordsInCommon('', 'red', 2)).toEqual([])
  })
})
