import { describe, expect, it } from 'vitest'
import { keywords } from '../../../worker/text/keywords'

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
