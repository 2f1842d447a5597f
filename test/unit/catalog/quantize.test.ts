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

  it('keeps 16 bits with residuals: to within half a 256th of a step, its upper half to within half a step, and gives norm 1', () => {
    let largestResidual = 0
    fc.assert(
      fc.property(
        fc.float32Array({ minLength: 1, maxLength: 130, noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }),
        (vector) => {
          const out = new Int8Array(vector.length)
          const residuals = new Int8Array(vector.length)
          const scale = quantize(vector, out, 0, residuals)
          const largest = vector.reduce((max, value) => Math.max(max, Math.abs(value)), 0)
          if (largest === 0) return scale === 0 && [...out, ...residuals].every((level) => level === 0)
          const fine = Array.from(out, (level, at) => level + residuals[at]! / 256)
          const off = (levels: ArrayLike<number>) => Math.max(...vector.map((value, at) => Math.abs((value / largest) * 127 - levels[at]!)))
          largestResidual = Math.max(largestResidual, ...residuals.map(Math.abs))
          const norm = Math.hypot(...fine) * scale
          return Math.abs(norm - 1) < 1e-6 && off(fine) <= 1 / 512 + 1e-5 && off(out) <= 257 / 512 + 1e-5 && Math.min(...out) > -128
        },
      ),
      { seed: 3, numRuns: 500 },
    )
    expect(largestResidual).toBeGreaterThan(120)
  })

  it('is not off to either side in the mean', () => {
    const vector = Float32Array.from({ length: 40_001 }, (_, at) => at / 20_000 - 1)
    const [out, residuals] = [new Int8Array(vector.length), new Int8Array(vector.length)]
    quantize(vector, out, 0, residuals)
    const sum = vector.reduce((total, value, at) => total + out[at]! + residuals[at]! / 256 - value * 127, 0)
    expect(Math.abs(sum / vector.length)).toBeLessThan(1e-5)
  })

  it('of a half next to a step: what is left over never overflows', () => {
    const vector = Float32Array.of(127, 0.4999, 0.5, -0.5, -0.5001, 2.4985, -127)
    const [out, residuals] = [new Int8Array(7), new Int8Array(7)]
    quantize(vector, out, 0, residuals)
    expect([...out]).toEqual([127, 1, 1, 0, 0, 3, -127])
    expect([...residuals]).toEqual([0, -128, -128, -128, -128, -128, 0])
  })

  it('writes at its offset and nowhere else', () => {
    const out = new Int8Array([9, 9, 9, 9])
    expect(quantize(new Float32Array([0, -2]), out, 1)).toBeCloseTo(1 / 127)
    expect([...out]).toEqual([9, 0, -127, 9])
    const residuals = new Int8Array(4).fill(9)
    quantize(new Float32Array([1, 3]), out, 1, residuals)
    expect([...out]).toEqual([9, 42, 127, 9])
    expect([...residuals]).toEqual([9, 85, 0, 9])
  })
})
