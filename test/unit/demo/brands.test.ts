import { expect, test } from 'vitest'
import { brandOf } from '../../../demo/build/brands'

test.each([
  ['Xerox 1931', 'Xerox'],
  ['Wilson Jones Turn Tabs Binder Tool for Ring Binders', 'Wilson Jones'],
  ['Hewlett-Packard Deskjet 3050a', 'HP'],
  ['SAFCO Arco Folding Chair', 'Safco'],
  ['Revere Boxed Rubber Bands by Revere', 'Revere'],
  ['Self-Adhesive Address Labels for Typewriters by Universal', 'Universal'],
  ['AT&T 1080 Phone', 'AT&T'],
])('%s is made by %s', (title, brand) => {
  expect(brandOf(title)).toBe(brand)
})

test.each(['Staple envelope', 'Recycled Easel Ring Binders', 'Honest Paper', 'Wirebound Message Books', ''])(
  '%s names no maker',
  (title) => {
    expect(brandOf(title)).toBeUndefined()
  },
)
