import { expect, test } from 'vitest'
import { holdsToken } from '../../../../collector/server/bearer'

test('only the very token is it', () => {
  expect(holdsToken('Bearer secret of sixteen', 'secret of sixteen')).toBe(true)
  for (const header of [
    undefined,
    '',
    'Bearer ',
    'Bearer',
    'secret of sixteen',
    'bearer secret of sixteen',
    'Bearer secret of sixtee',
    'Bearer secret of sixteen ',
    'Basic secret of sixteen',
  ]) {
    expect([header, holdsToken(header, 'secret of sixteen')]).toEqual([header, false])
  }
})

test('where there is no token nobody has it', () => {
  for (const header of [undefined, 'Bearer ', 'Bearer undefined']) expect(holdsToken(header, undefined)).toBe(false)
})
