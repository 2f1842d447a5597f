import { expect, test } from 'vitest'
import { foundNote } from '../../../demo/pages/found-note'

test('says "by meaning" only of what lacks the words, and does not hide a cap', () => {
  const found = { shown: 48, withWords: 19, isMore: true, ms: 3.4 }
  expect(foundNote(found)).toBe(
    'More than 48 found, here are the closest 48: 19 by your words, 29 by meaning. On this device, in 3 ms; the query went nowhere.',
  )
  expect(foundNote({ ...found, shown: 6, withWords: 6, isMore: false, ms: 0.2 })).toBe(
    '6 found: all by your words. On this device, in under 1 ms; the query went nowhere.',
  )
  expect(foundNote({ ...found, withWords: 0, shown: 2, isMore: false })).toMatch(/^2 found: all by meaning, without your words\./)
})
