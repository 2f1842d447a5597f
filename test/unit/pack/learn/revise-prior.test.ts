import { describe, expect, it } from 'vitest'
import type { ChoiceSets } from '../../../../pack/learn/choice-sets'
import { offsetOf, plus, revisePrior, withOffset } from '../../../../pack/learn/revise-prior'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import type { ModelPart } from '../../../../worker/models/model-part'

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
const STILL = Float64Array.of(0, 0)
const by = (...moves: number[]) => ({ moves: Float64Array.from(moves), kept: STILL })

describe('a new prior', () => {
  it('is taken where it ranks visitors kept apart better, as far as does best', () => {
    const found = revisePrior(choices(300), BAD, by(0.1, 0))
    expect(found.isTaken).toBe(true)
    expect(found.tried).toBeGreaterThanOrEqual(30)
    expect([...found.offset]).toEqual([0.1 * found.tried!, 0])
    expect(found.gain).toBeGreaterThan(5 * found.error)
    expect(found.visitors).toBe(150)
  })

  it('is not taken where it ranks them worse, however far', () => {
    const found = revisePrior(choices(300), Float64Array.of(1, 0), by(0, 0.5))
    expect(found).toMatchObject({ isTaken: false, offset: STILL, gain: 0 })
    expect(found).not.toHaveProperty('tried')
  })

  it('is not taken for a gain that may be chance: of moves that say nothing few are', () => {
    const random = seededRandom(9)
    let taken = 0
    for (let seed = 1; seed <= 60; seed++) {
      // Of a prior that knows nothing, along what says nothing.
      const nothing = { ...choices(60, seed), sets: choices(60, seed).sets.map((set) => ({ ...set, taken: [Math.floor(random() * 20)] })) }
      if (revisePrior(nothing, Float64Array.of(0.1, 0.1), by(random() - 0.5, random() - 0.5)).isTaken) taken++
    }
    expect(taken).toBeLessThan(6)
  })

  it('judges whole visitors: what one of them repeats does not make it surer', () => {
    const once = choices(40)
    const repeated = { ...once, asked: 0, sets: once.sets.flatMap((set) => Array.from({ length: 25 }, () => set)) }
    const [few, many] = [
      { ...once, asked: once.sets.length },
      { ...repeated, asked: repeated.sets.length },
    ].map((sets) => revisePrior(sets, BAD, by(0.1, 0)))
    expect(many!.gain).toBeCloseTo(few!.gain, 6)
    expect(many!.error).toBeCloseTo(few!.error, 6)
  })

  it('of nothing held out is the old one', () => {
    expect(revisePrior({ dim: 2, asked: 0, sets: [] }, BAD, by(1, 0))).toMatchObject({
      isTaken: false,
      gain: 0,
      error: 0,
      before: 0,
    })
  })

  it('goes on from where an earlier one was, and stays there where nobody moves it any more', () => {
    const kept = Float64Array.of(3, 0)
    const still = revisePrior(choices(300), BAD, { moves: STILL, kept })
    expect(still).toMatchObject({ isTaken: true, tried: 0, offset: kept })
    const on = revisePrior(choices(300), BAD, { moves: Float64Array.of(0, -0.1), kept })
    expect(on.offset[0]).toBe(3)
    expect(on.offset[1]).toBeLessThan(0)
    // What helped once and does no more is let go of.
    expect(revisePrior(choices(300), BAD, { moves: STILL, kept: Float64Array.of(-3, 0) })).toMatchObject({ isTaken: false, offset: STILL })
  })

  it('tells by the names of its features how far it was moved, and nothing where it was not', () => {
    const part: ModelPart = { model: 'blend', settings: { perVoice: 20, transitions: 0.1 }, tensors: {} }
    expect([...offsetOf(withOffset(part, Float64Array.of(0.5, 0, 0, -0.25)))]).toEqual([
      ['transitions', 0.5],
      ['bias', -0.25],
    ])
    expect(offsetOf(part).size).toBe(0)
  })

  it('adds weights up', () => {
    expect([...plus(Float64Array.of(1, 2), Float64Array.of(0.5, -1))]).toEqual([1.5, 1])
  })
})
