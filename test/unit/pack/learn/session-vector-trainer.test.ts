import { describe, expect, it } from 'vitest'
import { type Examples, SessionVectorTrainer } from '../../../../pack/learn/session-vector-trainer'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { PLACES } from '../../../../worker/models/session-vectors'

const OPTIONS = { itemCount: 6, dim: 4, temperature: 0.5, dropout: 0, batchSize: 8, drawnCount: 4 }
const EXAMPLES: Examples = {
  items: Int32Array.of(0, 1, 2, 1, 3, 4),
  from: Int32Array.of(0, 0, 0, 4),
  places: Int32Array.of(1, 2, 3, 5),
}
const DRAWN = Int32Array.of(5, 2, 0, 3)
const LOG_ODDS = Float32Array.of(0.1, -0.2, 0.3, 0, 0, -0.5)

const makeTrainer = (more: Partial<typeof OPTIONS> = {}) => new SessionVectorTrainer({ ...OPTIONS, ...more, random: seededRandom(3) })

/** The loss by its definition, in doubles. */
function slowLoss(vectors: ArrayLike<number>, places: ArrayLike<number>): number {
  const vector = (item: number) => Array.from({ length: 4 }, (_, k) => vectors[item * 4 + k]!)
  const unit = (values: readonly number[]) => values.map((value) => value / Math.hypot(...values))
  const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, k) => sum + value * b[k]!, 0)
  let loss = 0
  for (const [example, place] of EXAMPLES.places.entries()) {
    const seen = EXAMPLES.items.slice(EXAMPLES.from[example], place).reverse()
    const worth = Array.from(seen, (_, back) => Math.exp(places[back]!))
    const total = worth.reduce((sum, each) => sum + each, 0)
    const visit = unit([0, 1, 2, 3].map((k) => seen.reduce((sum, item, back) => sum + (worth[back]! / total) * vector(item)[k]!, 0)))
    const target = EXAMPLES.items[place]!
    const right = dot(visit, unit(vector(target))) / 0.5
    const wrong = [...DRAWN].filter((item) => item !== target).map((item) => dot(visit, unit(vector(item))) / 0.5 - LOG_ODDS[item]!)
    loss += Math.log(Math.exp(right) + wrong.reduce((sum, one) => sum + Math.exp(one), 0)) - right
  }
  return loss / EXAMPLES.places.length
}

describe('training session vectors', () => {
  it('tells the loss before the step', () => {
    const trainer = makeTrainer()
    const expected = slowLoss(trainer.vectors.values.slice(), trainer.places.values.slice())
    expect(trainer.step(EXAMPLES, 0, DRAWN, LOG_ODDS, 0.01)).toBeCloseTo(expected, 5)
  })

  it('moves every value against its slope', () => {
    const trainer = makeTrainer()
    const vectors = Float64Array.from(trainer.vectors.values)
    const places = Float64Array.from(trainer.places.values)
    const slopeAt = (values: Float64Array, at: number) => {
      const step = 1e-5
      const asked = values[at]!
      values[at] = asked + step
      const above = slowLoss(vectors, places)
      values[at] = asked - step
      const below = slowLoss(vectors, places)
      values[at] = asked
      return (above - below) / (2 * step)
    }
    trainer.step(EXAMPLES, 0, DRAWN, LOG_ODDS, 0.01)
    const check = (before: Float64Array, after: Float32Array, rate: number, upTo: number) => {
      for (let at = 0; at < upTo; at++) {
        const slope = slopeAt(before, at)
        expect(Math.abs(slope)).toBeGreaterThan(1e-5)
        // The first step of Adam is the rate, whatever the size of the slope.
        expect((after[at]! - before[at]!) / -Math.sign(slope)).toBeCloseTo(rate, 3)
      }
    }
    check(vectors, trainer.vectors.values, 0.01, vectors.length)
    check(places, trainer.places.values, 0.03, 3)
    expect([...trainer.places.values.subarray(3)]).toEqual([...Float32Array.from(places.subarray(3))])
  })

  it('learns what it is shown', () => {
    const trainer = makeTrainer({ dropout: 0.3 })
    const first = trainer.step(EXAMPLES, 0, DRAWN, LOG_ODDS, 0.02)
    let last = first
    for (let step = 0; step < 300; step++) last = trainer.step(EXAMPLES, 0, DRAWN, LOG_ODDS, 0.02)
    expect(last).toBeLessThan(first / 2)
  })

  it('takes a last step of fewer examples, and visits longer than its places', () => {
    const items = Int32Array.from({ length: PLACES + 6 }, (_, at) => at % 6)
    const examples = { items, from: Int32Array.of(0), places: Int32Array.of(PLACES + 5) }
    const trainer = makeTrainer()
    expect(trainer.step(examples, 0, DRAWN, LOG_ODDS, 0.01)).toBeGreaterThan(0)
    expect(trainer.vectors.values.every(Number.isFinite)).toBe(true)
  })
})
