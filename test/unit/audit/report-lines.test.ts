import { describe, expect, it } from 'vitest'
import type { Finding } from '../../audit/finding'
import { PLAIN_WORDS } from '../../audit/plain-words'
import { LEGEND, MOST_COLUMNS, reportLines, sumLine } from '../../audit/report-lines'

const OK: Finding = {
  audit: 'epsilon from the thresholds',
  stated: 'never above the plan’s',
  measured: '0 of 9 designs above',
  passes: true,
}
const FAILED: Finding = { ...OK, measured: '3 of 9 designs above', passes: false }
const ABSENT: Finding = { ...OK, measured: 'needs a data set', passes: undefined }
const words = { bad: 'a report that tells too much.', fine: 'none was found.' }
const said = (...findings: readonly Finding[]) => reportLines('epsilon', words, findings).join('\n')

describe('the report of the privacy audits', () => {
  it('says what would be bad, what was seen, and stands in columns', () => {
    expect(said(OK)).toBe(
      [
        '',
        'EPSILON',
        'Bad would be: a report that tells too much.',
        'Seen: none was found.',
        '        looked at                       stated                      measured',
        'ok      epsilon from the thresholds     never above the plan’s      0 of 9 designs above',
      ].join('\n'),
    )
  })

  it('never says that all is well where something failed, or nothing was looked at', () => {
    expect(said(OK, FAILED, ABSENT)).toContain('Seen: NOT AS PROMISED, in the lines marked FAILED.')
    expect(said(OK, FAILED, ABSENT)).toMatch(/^FAILED {2}epsilon.* 3 of 9 designs above\nabsent {2}epsilon/m)
    expect(said(ABSENT)).toContain('Seen: nothing: it could not be looked at here.')
    expect(said(OK, ABSENT)).toContain('Seen: none was found.')
    expect(sumLine([OK, OK, FAILED, ABSENT])).toBe('2 as promised, 1 not as promised, 1 not looked at here')
  })

  it('fits into 100 columns, whatever there is to say, and loses nothing of it', () => {
    const long: Finding = {
      audit: 'a'.repeat(75),
      stated: 'all of what is said here '.repeat(9),
      measured: '1,234 '.repeat(30),
      passes: true,
    }
    const lines = [...LEGEND, ...Object.entries(PLAIN_WORDS).flatMap(([name, each]) => reportLines(name, each, [long]))]
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(MOST_COLUMNS)
    const text = reportLines('x', words, [long]).join('')
    expect(text.match(/a{2,}/g)?.join('')).toHaveLength(75)
    expect(text.match(/1,234/g)).toHaveLength(30)
  })
})
