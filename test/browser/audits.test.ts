import { expect, it } from 'vitest'
import { DEVICE_AUDITS } from '../audit/device/device-audits'

// The short form of `npm run audit:privacy`: the same code, fewer visitors.
it.each(Object.entries(DEVICE_AUDITS))(
  'audit of the pipeline: %s',
  async (_, audit) => {
    const findings = await audit('short')
    expect(findings.length).toBeGreaterThan(0)
    expect(findings.filter(({ passes }) => passes !== true)).toEqual([])
  },
  180_000,
)
