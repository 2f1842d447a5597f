import { describe, expect, it } from 'vitest'
import type { ChoiceSets } from '../../../../pack/learn/choice-sets'
import { movedBy, revisePrior } from '../../../../pack/learn/revise-prior'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

/** Choices among 20 candidates of two features: the more there is of the first, the likelier it is taken; the second says nothing. */
function choices(visitors: number, seed = 1): ChoiceSets {
  const random = seededRandom(seed)
  const sets = Array.from({ length: visitors }, (_, visitor) => {
    const values = Float32Array.from({ length: 40 }, () => random())
    const odds = Array.from({ length: 20 }, (_, row) => values[2 * row]! + 0.3 * random())
    return { values, taken: [odds.indexOf(Math.max(...odds))], targets: 1, visitor }
  })
  return { dim: 2, asked: visitors + 10, sets }
}

const BAD = Float64Array.of(0, 1)

describe('a new prior', () => {
  it('is taken where it ranks visitors kept apart better, as far as does best', () => {
    const found = revisePrior(choices(300), BAD, Float64Array.of(0.1, 0))
    expect(found.step).toBeGreaterThanOrEqual(30)
    expect(found.tried).toBe(found.step)
    expect(found.gain).toBeGreaterThan(5 * found.error)
    expect(found.visitors).toBe(150)
  })

  it('is not taken where it ranks them worse, however far', () => {
    const found = revisePrior(choices(300), Float64Array.of(1, 0), Float64Array.of(0, 0.5))
    expect(found).toMatchObject({ step: 0, tried: 0, gain: 0 })
  })

  it('is not taken for a gain that may be chance: of moves that say nothing few are', () => {
    const random = seededRandom(9)
    let taken = 0
    for (let seed = 1; seed <= 60; seed++) {
      // Of a prior that knows nothing, along what says nothing.
      const nothing = { ...choices(60, seed), sets: choices(60, seed).sets.map((set) => ({ ...set, taken: [Math.floor(random() * 20)] })) }
      if (revisePrior(nothing, Float64Array.of(0.1, 0.1), Float64Array.of(random() - 0.5, random() - 0.5)).step > 0) taken++
    }
    expect(taken).toBeLessThan(6)
  })

  it('judges whole visitors: what one of them repeats does not make it surer', () => {
    const once = choices(40)
    const repeated = { ...once, asked: 0, sets: once.sets.flatMap((set) => Array.from({ length: 25 }, () => set)) }
    const [few, many] = [
      { ...once, asked: once.sets.length },
      { ...repeated, asked: repeated.sets.length },
    ].map((sets) => revisePrior(sets, BAD, Float64Array.of(0.1, 0)))
    expect(many!.gain).toBeCloseTo(few!.gain, 6)
    expect(many!.error).toBeCloseTo(few!.error, 6)
  })

  it('of nothing held out is the old one', () => {
    expect(revisePrior({ dim: 2, asked: 0, sets: [] }, BAD, Float64Array.of(1, 0))).toMatchObject({
      step: 0,
      tried: 0,
      gain: 0,
      error: 0,
      before: 0,
    })
  })

  it('moves the weights by so many times the proposal', () => {
    expect([...movedBy(Float64Array.of(1, 2), Float64Array.of(0.5, -1), 3)]).toEqual([2.5, -1])
  })
})
