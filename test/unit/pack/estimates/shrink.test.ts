import { describe, expect, it } from 'vitest'
import { shrink } from '../../../../pack/estimates/shrink'
import { spreadBeyondNoise } from '../../../../pack/estimates/spread-beyond-noise'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

const ITEMS = 60

/** Standard normal (Box and Muller 1958). */
function normals(seed: number): () => number {
  const random = seededRandom(seed)
  return () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Truths around 100 to 1, and what is measured of them. */
function made(seed: number, { spread, noise }: { readonly spread: number; readonly noise: number }) {
  const normal = normals(seed)
  const expected = Array.from({ length: ITEMS }, (_, at) => 100 / (at + 1))
  const truths = expected.map((centre) => Math.max(0, centre + Math.sqrt(spread * centre) * normal()))
  // Ten times the unit, as browsers are to visitors in orders.
  const values = truths.map((truth) => 10 * truth + noise * normal())
  return { expected, truths, measurements: { values, variances: values.map(() => noise ** 2), expected } }
}

const errorOf = (found: ArrayLike<number>, truths: readonly number[]) =>
  Math.sqrt(truths.reduce((sum, truth, at) => sum + (found[at]! - truth) ** 2, 0) / truths.length)

describe('shrinking estimates toward what is expected', () => {
  it('of noise alone moves nothing: in 300 runs at most a few are thought to say more', () => {
    let beyond = 0
    for (let seed = 1; seed <= 300; seed++) {
      const { expected, measurements } = made(seed, { spread: 0, noise: 20 })
      const found = shrink(measurements)
      if (found.isBeyondNoise) beyond++
      else expect([...found.believed]).toEqual(expected)
    }
    expect(beyond).toBeLessThan(6)
  })

  it('is nearer to the truth than what was measured, and than what was expected', () => {
    let [believed, measured, expected] = [0, 0, 0]
    for (let seed = 1; seed <= 50; seed++) {
      const one = made(seed, { spread: 8, noise: 40 })
      const found = shrink(one.measurements)
      believed += errorOf(found.believed, one.truths)
      measured += errorOf(
        one.measurements.values.map((value) => value / found.scale),
        one.truths,
      )
      expected += errorOf(one.expected, one.truths)
    }
    expect(believed).toBeLessThan(0.9 * measured)
    expect(believed).toBeLessThan(0.9 * expected)
  })

  it('believes what was measured well, and little of what was not', () => {
    const { believed, scale } = shrink({ values: [400, 20, 30, 330], variances: [1, 1, 1, 1e5], expected: [10, 10, 10, 10] })
    expect(scale).toBeCloseTo(780 / 40)
    expect(believed[0]! * scale).toBeCloseTo(400, 0)
    expect(believed[1]! * scale).toBeCloseTo(20, 0)
    expect(believed[3]! * scale).toBeGreaterThan(195)
    expect(believed[3]! * scale).toBeLessThan(300)
  })

  it('never believes less than nothing', () => {
    expect(shrink({ values: [1000, -60, 900], variances: [1, 1, 1], expected: [5, 5, 5] }).believed[1]).toBe(0)
  })

  it.each<[string, number[]]>([
    ['nothing', []],
    ['one alone', [50]],
    ['a total that noise could have made', [40, -30, 2]],
    ['a total below 0', [-40, -30, -2]],
  ])('of %s is what was expected', (_, values) => {
    const expected = values.map((_, at) => at + 1)
    const found = shrink({ values, variances: values.map(() => 400), expected })
    expect(found.isBeyondNoise).toBe(false)
    expect([...found.believed]).toEqual(expected)
  })
})

describe('how far truths depart', () => {
  it('is found from estimates with noise of many sizes', () => {
    const normal = normals(5)
    const length = 4000
    const variances = Float64Array.from({ length }, (_, at) => 1 + (at % 5))
    const proportions = Float64Array.from({ length }, (_, at) => 1 + (at % 3))
    const from = variances.map((variance, at) => Math.sqrt(variance + 2.5 * proportions[at]!) * normal())
    expect(spreadBeyondNoise({ from, variances, proportions, fitted: 0 })).toBeCloseTo(2.5, 0)
  })

  it('is 0 where nothing is left after what was fitted', () => {
    expect(spreadBeyondNoise({ from: Float64Array.of(9), variances: [1], proportions: [1], fitted: 1 })).toBe(0)
  })
})
