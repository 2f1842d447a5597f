import { describe, expect, it } from 'vitest'
import { quantizedRows } from '../../../pack/learn/quantized-rows'
import type { Settings } from '../../../worker/models/model-part'
import { openVectorModel } from '../../../worker/models/vector-model'

/** Two along one axis, one across, one between, one without a vector. */
const ROWS = [
  [1, 0],
  [2, 0],
  [0, 3],
  [3, 4],
  [0, 0],
]
const SETTINGS = { decay: 0.5, interests: 3, merge: 0.5, sharpness: 1 }
const open = (settings: Settings = SETTINGS) =>
  openVectorModel({ model: 'embedding', settings, tensors: quantizedRows(Float32Array.from(ROWS.flat()), 2) })

function score(model: ReturnType<typeof open>, items: readonly number[], more = {}): number[] {
  const out = new Float32Array(model.itemCount).fill(9)
  model.score({ items: Int32Array.from(items), ...more }, out)
  return [...out]
}

/** Rows are rounded to int8. */
function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of values.entries()) expect(Math.abs(value - expected[at]!)).toBeLessThan(0.005)
}

describe('openVectorModel', () => {
  it('scores by the cosine to what was visited', () => {
    expectClose(score(open(), [1]), [1, 1, 0, 0.6, 0])
  })

  it('keeps interests apart that have nothing in common, the later weighing more', () => {
    expectClose(score(open(), [0, 2]), [0.5, 0.5, 1, 0.5 * 0.6 + 0.8, 0])
    // Item 3 joins the one that it is close to: direction of (0, 1) + 0.5 (0.6, 0.8).
    const length = Math.hypot(0.3, 1.4)
    expectClose(score(open(), [3, 2]), [0.45 / length, 0.45 / length, 2.1 / length, (1.5 * (0.18 + 1.12)) / length, 0])
  })

  it('has no more interests than told: what is left joins the closest', () => {
    const length = Math.hypot(0.5, 1)
    expectClose(score(open({ ...SETTINGS, interests: 1 }), [0, 2]), [0.75 / length, 0.75 / length, 1.5 / length, (1.5 * 1.1) / length, 0])
  })

  it('sharpens, and counts nothing below 0', () => {
    expectClose(score(open({ ...SETTINGS, sharpness: 2 }), [1]), [1, 1, 0, 0.36, 0])
    const tensors = quantizedRows(Float32Array.of(1, 0, -1, 0), 2)
    expectClose(score(openVectorModel({ model: 'embedding', settings: SETTINGS, tensors }), [0]), [1, 0])
  })

  it('reads weights and ages', () => {
    expectClose(
      score(open({ ...SETTINGS, decay: 1, halfLifeDays: 1 }), [0], { times: Float64Array.of(0), now: 86_400_000 }),
      [0.5, 0.5, 0, 0.3, 0],
    )
    expectClose(score(open(), [0], { weights: Float32Array.of(3) }), [3, 3, 0, 1.8, 0])
  })

  it('scores 0 for an empty visit and for items without a vector', () => {
    expect(score(open(), [])).toEqual([0, 0, 0, 0, 0])
    expect(score(open(), [4, 4])).toEqual([0, 0, 0, 0, 0])
  })

  it('explains by each position', () => {
    const parts = new Float32Array(4).fill(9)
    open().explain({ items: Int32Array.of(4, 0, 2, 0) }, 3, parts)
    expectClose([...parts], [0, 0.25 * 0.6, 0.5 * 0.8, 0.6])
    open().explain({ items: Int32Array.of(0, 1, 2, 3) }, 4, parts)
    expect([...parts]).toEqual([0, 0, 0, 0])
  })

  it('opens no items, and refuses what does not fit, by name', () => {
    expect(score(openVectorModel({ model: 'embedding', settings: SETTINGS, tensors: quantizedRows(new Float32Array(), 0) }), [])).toEqual(
      [],
    )
    const tensors = { vectors: { shape: [5], data: new Int8Array(5) }, scales: { shape: [2], data: new Float32Array(2) } }
    expect(() => openVectorModel({ model: 'embedding', settings: SETTINGS, tensors })).toThrow('"vectors"')
    expect(() => open({ ...SETTINGS, merge: Number.NaN })).toThrow('"merge"')
  })
})
