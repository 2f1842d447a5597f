import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { hashPlan, hex, planTag } from '../../../src/shared/signals/plan-hash'

describe('hash of a plan', () => {
  it('is SHA-256 of the bytes as they came, in hex as everybody writes it', async () => {
    const bytes = new TextEncoder().encode('{"sottoPlan":1}\n')
    expect(hex(await hashPlan(bytes))).toBe(createHash('sha256').update(bytes).digest('hex'))
    // FIPS 180-4, of nothing.
    expect(hex(await hashPlan(new Uint8Array()))).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('changes with a space', async () => {
    const [one, other] = await Promise.all(['{"a":1}', '{"a": 1}'].map((text) => hashPlan(new TextEncoder().encode(text))))
    expect(one).not.toEqual(other)
  })

  it('lends its first eight bytes to reports, as a copy', () => {
    const hash = Uint8Array.from({ length: 32 }, (_, at) => at)
    const tag = planTag(hash)
    expect([...tag]).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
    tag[0] = 9
    expect(hash[0]).toBe(0)
  })
})
