import { describe, expect, it } from 'vitest'
import type { Visit } from '../../../worker/models/recommender'
import { openSessionVectors, PLACES } from '../../../worker/models/session-vectors'

/** Four items in four dimensions, the last not learned. */
const UNITS = [
  [3, 4, 0, 0],
  [0, 0, 127, 0],
  [-4, 3, 0, 0],
  [0, 0, 0, 0],
]
const LENGTHS = [2, 1, 0.5, 0]
const PLACE_WORTHS = Float32Array.from({ length: PLACES }, (_, back) => 0.5 ** back)
const SETTINGS = { dim: 4, temperature: 0.5 }

function open(settings: Record<string, number> = SETTINGS, units = UNITS) {
  return openSessionVectors({
    model: 'session-vectors',
    settings,
    tensors: {
      units: { shape: [4, 4], data: Int8Array.from(units.flat()) },
      lengths: { shape: [4], data: Float32Array.from(LENGTHS) },
      places: { shape: [PLACES], data: PLACE_WORTHS },
    },
  })
}

const visitOf = (items: readonly number[], more: Partial<Visit> = {}): Visit => ({ items: Int32Array.from(items), ...more })

function score(visit: Visit, model = open()): number[] {
  const out = new Float32Array(4).fill(9)
  model.score(visit, out)
  return [...out]
}

/** Shares by hand, of the cosines of the first three items. */
function shares(cosines: readonly number[]): number[] {
  const masses = cosines.map((cosine) => Math.exp(cosine / 0.5))
  const sum = masses.reduce((total, mass) => total + mass, 0)
  return [...masses.map((mass) => mass / sum), 0]
}

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 6)
}

describe('session vectors', () => {
  it('score by the angle to what was seen, as shares of one', () => {
    expectClose(score(visitOf([0])), shares([1, 0, 0]))
    expectClose(score(visitOf([1])), shares([0, 1, 0]))
  })

  it('take the mean by places and by lengths', () => {
    // Worth 2 * 0.5 along the first, 1 along the second.
    const half = Math.SQRT1_2
    expectClose(score(visitOf([0, 1])), shares([half, half, 0]))
    const length = Math.hypot(2, 0.5)
    expectClose(score(visitOf([1, 0])), shares([2 / length, 0.5 / length, 0]))
  })

  it('count weights, and an item again for each time', () => {
    const length = Math.hypot(2, 2)
    expectClose(score(visitOf([1, 0], { weights: Float32Array.of(4, 1) })), shares([2 / length, 2 / length, 0]))
    const again = Math.hypot(2 + 0.5, 0.5)
    expectClose(score(visitOf([0, 1, 0])), shares([2.5 / again, 0.5 / again, 0]))
  })

  it('score 0 for an empty visit, for unknown items alone, and for what lies too far back', () => {
    expect(score(visitOf([]))).toEqual([0, 0, 0, 0])
    expect(score(visitOf([3, 3]))).toEqual([0, 0, 0, 0])
    const unknown = Array.from({ length: PLACES - 1 }, () => 3)
    expectClose(score(visitOf([1, ...unknown])), shares([0, 1, 0]))
    expect(score(visitOf([1, 3, ...unknown]))).toEqual([0, 0, 0, 0])
  })

  it('explain by what points the same way', () => {
    const out = new Float32Array(3).fill(9)
    open().explain(visitOf([1, 0, 3]), 0, out)
    expectClose([...out], [0, 1, 0])
    open().explain(visitOf([2, 1, 0]), 2, out)
    expectClose([...out], [0.125, 0, 0])
  })

  it('refuse what does not fit', () => {
    expect(() => open({ ...SETTINGS, dim: 6 })).toThrow('multiple of 4')
    expect(() => open({ ...SETTINGS, dim: 8 })).toThrow('"units"')
    expect(() => open({ dim: 4 })).toThrow('"temperature"')
  })
})
