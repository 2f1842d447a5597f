import { describe, expect, it } from 'vitest'
import { MECHANISM_AUDITS } from '../../audit/audits'
import { COLLECTOR_AUDITS } from '../../audit/collector/collector-audits'
import { auditPackMembership } from '../../audit/pack-membership'

// The short form of `npm run audit:privacy`: the same code, fewer reports. Those of the device are in test/browser/audits.test.ts.
describe('the privacy audits, in short', () => {
  it.each(Object.entries({ ...MECHANISM_AUDITS, ...COLLECTOR_AUDITS, membership: auditPackMembership }))(
    '%s',
    async (_, audit) => {
      const findings = await audit('short')
      expect(findings.length).toBeGreaterThan(0)
      expect(findings.filter(({ passes }) => passes !== true)).toEqual([])
    },
    120_000,
  )
})
