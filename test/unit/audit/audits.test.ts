import { describe, expect, it } from 'vitest'
import { MECHANISM_AUDITS } from '../../audit/audits'

// The short form of `npm run audit:privacy`: the same code, fewer reports.
describe('the audits of the mechanism', () => {
  it.each(Object.entries(MECHANISM_AUDITS))('%s', async (_, audit) => {
    const findings = await audit('short')
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ passes }) => passes !== true)).toEqual([])
  })
})
