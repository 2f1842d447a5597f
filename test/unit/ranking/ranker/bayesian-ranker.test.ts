import { describe, expect, it } from 'vitest'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { BayesianRanker } from '../../../../worker/ranking/ranker/bayesian-ranker'

const unsure = (dim: number, precision = 1) => ({
  mean: new Float64Array(dim),
  precision: Float64Array.from({ length: dim * dim }, (_, at) => (at % (dim + 1) === 0 ? precision : 0)),
})
const sigmoid = (odds: number) => 1 / (1 + Math.exp(-odds))

describe('BayesianRanker', () => {
  it('finds the summit of one weight: w = sigmoid(-w) after one taken row, and its curvature', () => {
    const ranker = new BayesianRanker(unsure(1))
    ranker.update(Float32Array.of(1), [1])
    const [weight] = ranker.belief.mean
    expect(weight).toBeCloseTo(sigmoid(-weight!), 8)
    expect(ranker.belief.precision[0]).toBeCloseTo(1 + sigmoid(weight!) * (1 - sigmoid(weight!)), 8)
    expect(ranker.deviations()[0]).toBeCloseTo(1 / Math.sqrt(ranker.belief.precision[0]!), 8)
  })

  it('leaves no slope: the gradient of the posterior is 0 in every direction', () => {
    const random = seededRandom(4)
    const dim = 3
    const count = 40
    const rows = Float32Array.from({ length: count * dim }, () => random() * 2 - 0.5)
    const outcomes = Array.from({ length: count }, () => Number(random() < 0.3))
    const prior = { mean: Float64Array.of(0.5, -1, 2), precision: Float64Array.of(2, 0.5, 0, 0.5, 3, 0.1, 0, 0.1, 1) }
    const ranker = new BayesianRanker(prior)
    ranker.update(rows, outcomes)
    const { mean } = ranker.belief
    for (let a = 0; a < dim; a++) {
      let slope = 0
      for (let b = 0; b < dim; b++) slope += prior.precision[a * dim + b]! * (mean[b]! - prior.mean[b]!)
      for (let row = 0; row < count; row++) {
        const odds = mean.reduce((sum, weight, at) => sum + weight * rows[row * dim + at]!, 0)
        slope += (sigmoid(odds) - outcomes[row]!) * rows[row * dim + a]!
      }
      expect(Math.abs(slope)).toBeLessThan(1e-3)
    }
  })

  it('learns which feature speaks for what is taken, and grows surer', () => {
    const random = seededRandom(9)
    const ranker = new BayesianRanker(unsure(2))
    const before = ranker.deviations()
    for (let batch = 0; batch < 30; batch++) {
      const rows = Float32Array.from({ length: 20 }, () => Number(random() < 0.5))
      ranker.update(
        rows,
        Array.from({ length: 10 }, (_, row) => Number(random() < sigmoid(2 * rows[2 * row]! - 2 * rows[2 * row + 1]!))),
      )
    }
    const [first, second] = ranker.belief.mean
    expect(first).toBeGreaterThan(1.2)
    expect(second).toBeLessThan(-1.2)
    expect(ranker.deviations()[0]).toBeLessThan(before[0]! / 3)
  })

  it('believes a firm prior more than a few outcomes', () => {
    const firm = new BayesianRanker({ ...unsure(1, 1000), mean: Float64Array.of(1) })
    firm.update(Float32Array.of(1, 1, 1), [0, 0, 0])
    expect(firm.belief.mean[0]).toBeGreaterThan(0.99)
  })

  it('is left as it was by no outcomes, and by rows that count nothing', () => {
    const ranker = new BayesianRanker({ ...unsure(2), mean: Float64Array.of(1, -2) })
    ranker.update(new Float32Array(), [])
    ranker.update(Float32Array.of(1, 1), [1], [0])
    expect([...ranker.belief.mean]).toEqual([1, -2])
    expect([...ranker.belief.precision]).toEqual([1, 0, 0, 1])
  })

  it('stays finite where a row is extreme', () => {
    const ranker = new BayesianRanker(unsure(2, 0.01))
    ranker.update(Float32Array.of(1000, 0, 0, 1000), [1, 0])
    expect([...ranker.belief.mean].every(Number.isFinite)).toBe(true)
    expect(ranker.belief.mean[0]).toBeGreaterThan(0)
    expect(ranker.belief.mean[1]).toBeLessThan(0)
  })

  it('scores by the mean, and keeps what it was given to itself', () => {
    const belief = { ...unsure(2), mean: Float64Array.of(1, 2) }
    const ranker = new BayesianRanker(belief)
    belief.mean[0] = 9
    ranker.belief.mean[1] = 9
    const out = new Float64Array(2)
    ranker.score(Float32Array.of(1, 0, 1, 1), out)
    expect([...out]).toEqual([1, 3])
  })
})
