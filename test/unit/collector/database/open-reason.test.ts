import { expect, test } from 'vitest'
import { openReason } from '../../../../collector/database/open-reason'

const FAILED = new Error('PGlite failed to initialize properly')

test.each([
  [
    'PostgreSQL’s own words',
    FAILED,
    ['2026-11-22 LOG:  redo', '2026-11-22 FATAL:  could not write lock file: No space left on device', 'Aborted()'],
    'could not write lock file: No space left on device',
  ],
  ['words that it says before it has a log', FAILED, ['postgres: could not access a file'], 'could not access a file'],
  ['what was thrown, where it said nothing', FAILED, ['LOG:  redo'], FAILED.message],
  ['no memory', new RangeError('could not allocate memory'), [], 'could not allocate memory'],
  ['a number of WASI', { name: 'ErrnoError', errno: 51 }, [], 'the disk is full (ENOSPC)'],
  ['an unknown number of WASI', { name: 'ErrnoError', errno: 7 }, [], 'it failed (WASI 7)'],
])('%s', (_what, thrown, said, reason) => {
  expect(openReason(thrown, said)).toBe(reason)
})
