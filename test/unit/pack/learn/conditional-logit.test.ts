import { describe, expect, it } from 'vitest'
import { choiceQuality } from '../../../../pack/learn/choice-quality'
import { type ChoiceSets, joinChoices, withFeatures } from '../../../../pack/learn/choice-sets'
import { chooseVoices, dropIdle } from '../../../../pack/learn/choose-voices'
import { fitConditionalLogit } from '../../../../pack/learn/conditional-logit'
import { rankerPart } from '../../../../pack/learn/ranker-part'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

const one = (values: readonly number[], taken: readonly number[], targets = taken.length) => ({
  values: Float32Array.from(values),
  taken,
  targets,
})
const nothing = (dim: number, ridge = 1) => ({ mean: new Float64Array(dim), ridge })

/** Choices among eight by known weights: Gumbel noise makes them a conditional logit. */
function drawn(weights: readonly number[], count: number, seed: number): ChoiceSets {
  const random = seededRandom(seed)
  const dim = weights.length
  const sets = Array.from({ length: count }, () => {
    const values = Float32Array.from({ length: 8 * dim }, () => random())
    const worth = Array.from(
      { length: 8 },
      (_, row) => weights.reduce((sum, weight, at) => sum + weight * values[row * dim + at]!, 0) - Math.log(-Math.log(random() + 1e-12)),
    )
    return { values, taken: [worth.indexOf(Math.max(...worth))], targets: 1 }
  })
  return { dim, asked: count, sets }
}

describe('fitConditionalLogit', () => {
  it('solves one choice of two by hand: the slope w = 1 / (1 + exp(w)) is where prior and choice balance', () => {
    const { weights, information } = fitConditionalLogit({ dim: 1, asked: 1, sets: [one([1, 0], [0])] }, nothing(1))
    expect(weights[0]).toBeCloseTo(1 / (1 + Math.exp(weights[0]!)), 3)
    const chance = 1 / (1 + Math.exp(-weights[0]!))
    expect(information[0]).toBeCloseTo(chance * (1 - chance), 3)
  })

  it('finds the weights that choices were made by', () => {
    const { weights } = fitConditionalLogit(drawn([3, -2, 0], 4000, 5), nothing(3, 0.01))
    for (const [at, expected] of [3, -2, 0].entries()) expect(Math.abs(weights[at]! - expected)).toBeLessThan(0.25)
  })

  it('does not change by what all candidates of a set share', () => {
    const plain = fitConditionalLogit({ dim: 1, asked: 1, sets: [one([0.5, 0.1, 0.9], [2])] }, nothing(1))
    const raised = fitConditionalLogit({ dim: 1, asked: 1, sets: [one([10.5, 10.1, 10.9], [2])] }, nothing(1))
    expect(raised.weights[0]).toBeCloseTo(plain.weights[0]!, 4)
  })

  it('is the prior where nothing was chosen', () => {
    const { weights } = fitConditionalLogit({ dim: 2, asked: 5, sets: [] }, { mean: Float64Array.of(1, -2), ridge: 1 })
    expect([...weights]).toEqual([1, -2])
  })

  it('shares the weight of a set among all that was taken from it', () => {
    const { weights } = fitConditionalLogit({ dim: 1, asked: 1, sets: [one([1, 1, 0, 0], [0, 2])] }, nothing(1))
    expect(weights[0]).toBeCloseTo(0, 6)
    // Of three candidates the one with the feature was taken, and one without: w + chance = 1/2.
    const { weights: two } = fitConditionalLogit({ dim: 1, asked: 1, sets: [one([1, 0, 0], [0, 1])] }, nothing(1))
    const chance = Math.exp(two[0]!) / (Math.exp(two[0]!) + 2)
    expect(two[0]! + chance).toBeCloseTo(0.5, 3)
  })

  it('stays finite where features are large and one of them always decides', () => {
    const sets = Array.from({ length: 50 }, () => one([1000, 0, 0, 1000], [0]))
    const { weights } = fitConditionalLogit({ dim: 2, asked: 50, sets }, nothing(2, 1e-3))
    expect([...weights].every(Number.isFinite)).toBe(true)
    expect(weights[0]).toBeGreaterThan(weights[1]!)
  })
})

describe('choiceQuality', () => {
  it('is 1 / log2(rank + 1), a tie counts as lost, and 0 where there was no set', () => {
    const sets = [one([3, 2, 1], [0]), one([3, 2, 1], [1]), one([2, 2, 1], [0])]
    expect([...choiceQuality({ dim: 1, asked: 4, sets }, Float64Array.of(1))]).toEqual([1, 1 / Math.log2(3), 1 / Math.log2(3), 0])
  })

  it('compares several targets with the best order of all of them, found or not', () => {
    const quality = choiceQuality({ dim: 1, asked: 1, sets: [one([3, 2, 1], [0, 2], 3)] }, Float64Array.of(1))
    expect(quality[0]).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3) + 0.5), 10)
  })

  it('counts nothing from the eleventh on', () => {
    const values = Array.from({ length: 12 }, (_, row) => 12 - row)
    expect(choiceQuality({ dim: 1, asked: 1, sets: [one(values, [9])] }, Float64Array.of(1))[0]).toBeCloseTo(1 / Math.log2(11), 10)
    expect(choiceQuality({ dim: 1, asked: 1, sets: [one(values, [10])] }, Float64Array.of(1))[0]).toBe(0)
  })
})

describe('choosing features', () => {
  const OPTIONS = { start: [], always: [], usual: new Float64Array(3), ridge: 1 }

  it('takes those that choices were made by, the strongest first, and leaves the rest', () => {
    const columns = chooseVoices(drawn([3, 8, 0], 1500, 1), drawn([3, 8, 0], 1500, 2), { ...OPTIONS, from: [0, 1, 2] })
    expect(columns.slice(0, 2)).toEqual([1, 0])
  })

  it('takes none that does not help', () => {
    const lost = { dim: 3, asked: 200, sets: [] }
    expect(chooseVoices(drawn([3, 8, 0], 100, 1), lost, { ...OPTIONS, from: [0, 1, 2] })).toEqual([])
    const decided = drawn([50, 0, 0], 400, 4)
    expect(chooseVoices(decided, decided, { ...OPTIONS, start: [0], from: [1, 2] })).toEqual([0])
  })

  it('drops what is idle beside the others, and never the last', () => {
    const weighing = { always: [], usual: new Float64Array(3), ridge: 1 }
    const fit = drawn([3, 8, 0], 1500, 1)
    expect(dropIdle(fit, drawn([3, 8, 0], 1500, 2), [0, 1], weighing)).toEqual([0, 1])
    // The third says what the second does, in other units.
    const twice = (choices: ChoiceSets) => ({
      ...choices,
      sets: choices.sets.map((set) => ({
        ...set,
        values: set.values.map((value, at) => (at % 3 === 2 ? set.values[at - 1]! / 2 : value)),
      })),
    })
    expect(dropIdle(twice(fit), twice(drawn([3, 8, 0], 1500, 2)), [2, 0, 1], weighing)).toHaveLength(2)
    expect(dropIdle(fit, { dim: 3, asked: 9, sets: [] }, [0, 1, 2], weighing)).toHaveLength(1)
  })

  it('goes on from those that are in', () => {
    const columns = chooseVoices(drawn([3, 8, 0], 1500, 1), drawn([3, 8, 0], 1500, 2), { ...OPTIONS, start: [0], from: [1] })
    expect(columns).toEqual([0, 1])
  })
})

describe('sets', () => {
  it('can be had with some features, in another order, and be joined', () => {
    const some = withFeatures({ dim: 3, asked: 2, sets: [one([1, 2, 3, 4, 5, 6], [1])] }, [2, 0])
    expect(some.dim).toBe(2)
    expect([...some.sets[0]!.values]).toEqual([3, 1, 6, 4])
    expect(joinChoices([some, some])).toMatchObject({ dim: 2, asked: 4, sets: [some.sets[0], some.sets[0]] })
  })
})

describe('rankerPart', () => {
  it('makes the first ten be taken as often as they were', () => {
    // One voice and the ranker's own features; twenty candidates, of which the last, never shown among the first ten, is taken every other time.
    const values = Array.from({ length: 20 }, (_, row) => [(20 - row) / 20, 1, 0, 1]).flat()
    const sets = Array.from({ length: 40 }, (_, at) => one(values, [at % 2 ? 19 : 0]))
    const choices = { dim: 4, asked: 80, sets }
    const weights = Float64Array.of(2, 0, 0, 0)
    const part = rankerPart({ weights, information: new Float64Array(16) }, choices, { ridge: 1, settings: { ease: 1 } })
    const bias = part.tensors.weights!.data[3]!
    let mean = 0
    for (let row = 0; row < 10; row++) mean += 1 / (1 + Math.exp(-(2 * values[row * 4]!) - bias)) / 10
    expect(mean).toBeCloseTo((20 + 0.5) / (10 * 80 + 1), 4)
  })

  it('is as sure as so many choices of one visitor would make it, and no surer', () => {
    const sets = Array.from({ length: 400 }, () => one([1, 0, 0, 1, 0, 0, 0, 1], [0]))
    const part = rankerPart(
      { weights: new Float64Array(4), information: Float64Array.from({ length: 16 }, (_, at) => (at === 0 ? 100 : 0)) },
      { dim: 4, asked: 400, sets },
      { ridge: 1, settings: {} },
    )
    expect(part.tensors.precision!.data[0]).toBeCloseTo(1 + 50, 4)
    expect(part.tensors.precision!.data[5]).toBe(1)
    expect(part.tensors.precision!.data[15]).toBe(0.25)
  })
})
