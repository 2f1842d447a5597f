import { describe, expect, test } from 'vitest'
import { systemReason } from '../../../src/shared/system-reason'

describe('systemReason', () => {
  test.each([
    [Object.assign(new Error('EACCES: permission denied, open'), { code: 'EACCES' }), 'this user may not (EACCES)'],
    [Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }), 'nobody answers there (ECONNREFUSED)'],
    [
      Object.assign(new Error('password authentication failed for user "x"'), { code: '28P01' }),
      'password authentication failed for user "x" (28P01)',
    ],
    [Object.assign(new AggregateError([]), { code: 'EOTHER' }), 'it failed (EOTHER)'],
    [new Error('the connection ended'), 'the connection ended'],
    ['a text', 'a text'],
  ])('%s', (thrown, words) => {
    expect(systemReason(thrown)).toBe(words)
  })
})
