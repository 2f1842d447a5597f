import { expect, test } from 'vitest'
import { interestNames } from '../../../demo/panel/interest-names'

const interest = (label: string, ...titles: string[]) => ({ label, items: titles.map((title, id) => ({ id: String(id), title })) })

test('an interest alone of its category is called after it', () => {
  expect(interestNames([interest('Chairs', 'Folding Chair'), interest('Phones', 'Desk Phone'), interest('', 'Thing')])).toEqual([
    'Chairs',
    'Phones',
    'Various',
  ])
})

test('two of one category are told apart by their own words', () => {
  const names = interestNames([
    interest('Chairs', 'Metal Folding Chairs, Beige', 'Padded Folding Chair'),
    interest('Chairs', 'Leather Task Chair', 'Executive Leather Armchair'),
  ])
  expect(names[0]).toMatch(/^Chairs: folding/)
  expect(names[1]).toMatch(/^Chairs: leather/)
})

test('where no word tells them apart, the first product does', () => {
  expect(interestNames([interest('Paper', 'Xerox 19'), interest('Paper', 'Xerox 20')])).toEqual(['Paper: Xerox 19', 'Paper: Xerox 20'])
})
