import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quantize } from '../../../worker/catalog/quantize'

describe('quantize', () => {
  it('keeps direction to within half a step and gives norm 1', () => {
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 130, noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        (vector) => {
          const out = new Int8Array(vector.length)
          const scale = quantize(vector, out, 0)
          const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
          if (largest === 0) return scale === 0 && out.every((level) => level === 0)
          const norm = Math.hypot(...Array.from(out, (level) => level * scale))
          const worst = vector.reduce((max, value, at) => Math.max(max, Math.abs(value / largest - out[at]! / 127)), 0)
          return Math.abs(norm - 1) < 1e-6 && worst <= 0.5 / 127 + 1e-9
        },
      ),
      { seed: 3 },
    )
  })

  it('writes at its offset and nowhere else', () => {
    const out = new Int8Array([9, 9, 9, 9])
    expect(quantize(new Float32Array([0, -2]), out, 1)).toBeCloseTo(1 / 127)
    expect([...out]).toEqual([9, 0, -127, 9])
  })
})
