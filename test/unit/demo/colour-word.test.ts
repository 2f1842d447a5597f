import { expect, test } from 'vitest'
import { colourWord } from '../../../demo/pictures/colour-word'
import { iconOf } from '../../../demo/pictures/icon-of'
import { inksOf } from '../../../demo/pictures/inks'

test.each([
  ['Avery Durable Binder, Blue', 'cobalt'],
  ['Office Star Chair, Burgundy', 'burgundy'],
  ['Metal Folding Chairs, Khaki', 'khaki'],
  ['Binder, Black/Red', 'black'],
  ['Nu-Dell Frame', undefined],
  ['Redi-Strip Whiteboard', undefined],
  ['Black & Decker Filter', undefined],
  ['BlackBerry Q10', undefined],
])('%s is printed in %s', (title, ink) => {
  expect(colourWord(title)).toBe(ink)
})

test('ground and ink are never the same, whatever the title says', () => {
  for (const title of ['Blue', 'Green', 'Yellow', 'Orange', 'Purple', 'Plain'])
    for (const subCategory of ['Copiers', 'Binders', 'Envelopes', 'Storage', 'Nothing'])
      for (let seed = 0; seed < 50; seed++) {
        const { ground, ink } = inksOf({ subCategory, title }, seed * 7_919_993)
        expect(ground).toBeDefined()
        expect(ink).not.toBe(ground)
      }
})

test('a loud phone is no power bank', () => {
  const phone = (title: string) => iconOf({ subCategory: 'Phones', title })
  expect(phone('Geemarc AmpliPOWER60')).toBe('phone')
  expect(phone('i.Sound Portable Power - 8000 mAh')).toBe('smartphone-charging')
})
