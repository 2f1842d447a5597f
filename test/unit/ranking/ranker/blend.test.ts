import { describe, expect, it } from 'vitest'
import type { ModelName, ModelPart } from '../../../../worker/models/model-part'
import type { Recommender, Visit } from '../../../../worker/models/recommender'
import { modelsOfBlend, openBlend } from '../../../../worker/ranking/ranker/blend'
import { FeatureRowMaker, OWN_FEATURES } from '../../../../worker/ranking/ranker/feature-rows'
import { viewOf } from '../../../../worker/ranking/ranker/views'

/** Says of each item visited what it gives to others; the first of a visit counts as much as the last. */
function table(name: ModelName, rows: Readonly<Record<number, readonly number[]>>, itemCount = 5): Recommender {
  return {
    name,
    itemCount,
    score(visit, out) {
      out.fill(0)
      for (const item of visit.items) for (const [other, value] of (rows[item] ?? []).entries()) out[other]! += value
    },
    explain(visit, item, out) {
      for (const [at, one] of visit.items.entries()) out[at] = rows[one]?.[item] ?? 0
    },
  }
}

const ease = table('ease', { 0: [0, 3, 0, 0, 0], 1: [0, 0, 1, 1, 0] })
const terms = table('terms', { 0: [1, 0, 0, 7, 0], 1: [0, 1, 1, 0, 0] })
const visit: Visit = { items: Int32Array.of(0, 1) }

function part(
  weights: readonly number[],
  settings: Record<string, number> = { ease: 1, terms: 1, 'terms last': 1, perVoice: 10 },
): ModelPart {
  const dim = weights.length
  const precision = Float32Array.from({ length: dim * dim }, (_, at) => Number(at % (dim + 1) === 0))
  return {
    model: 'blend',
    settings,
    tensors: { weights: { shape: [dim], data: Float32Array.from(weights) }, precision: { shape: [dim, dim], data: precision } },
  }
}
/** terms, terms last, ease, agreement, seen, bias. */
const WEIGHTS = [1, 0.5, 2, 0, 0, 0]

describe('feature rows', () => {
  const maker = new FeatureRowMaker(
    [
      { model: ease, view: 'all', typical: 1 },
      { model: terms, view: 'all', typical: 2 },
      { model: terms, view: 'last', typical: 1 },
    ],
    10,
  )

  it('hold the logarithm of each score in units of what is usual, and what all models together say', async () => {
    const { values } = await maker.rowsOf(Int32Array.of(3, 1, 4), visit)
    const ln = (value: number) => Math.fround(Math.log(value))
    expect([...values]).toEqual([ln(2), ln(4.5), 0, 2, 0, 1, ln(4), ln(1.5), ln(2), 2, 1, 1, 0, 0, 0, 0, 0, 1])
  })

  it('are made for whatever a voice proposes, each item once, but for what is out', async () => {
    expect([...(await maker.candidates(visit)).items].sort()).toEqual([0, 1, 2, 3])
    expect([...(await maker.candidates(visit, (item) => item < 2)).items].sort()).toEqual([2, 3])
    expect((await maker.candidates({ items: new Int32Array() })).items).toHaveLength(0)
  })

  it('are made for the best of each voice alone where it may propose few, and for what the visit holds', async () => {
    const narrow = new FeatureRowMaker(maker.voices, 1)
    expect([...(await narrow.candidates(visit)).items]).toEqual([0, 1, 3])
    expect([...(await narrow.candidates(visit, (item) => item === 0)).items]).toEqual([1, 3])
  })

  it('are made for what the visit holds though no model knows it', async () => {
    expect([...(await maker.candidates({ items: Int32Array.of(4, 4) })).items]).toEqual([4])
  })

  it('know models of fewer items than others', async () => {
    const small = new FeatureRowMaker(
      [
        { model: ease, view: 'all', typical: 1 },
        { model: table('terms', { 1: [1] }, 2), view: 'all', typical: 1 },
      ],
      10,
    )
    await small.candidates({ items: Int32Array.of(0, 1) })
    const { values } = await small.rowsOf(Int32Array.of(4), visit)
    expect([...values]).toEqual([0, 0, 0, 0, 1])
  })
})

describe('views', () => {
  it('are the last item, or what came at the last moment, with all that belongs to it', () => {
    expect([...viewOf({ items: Int32Array.of(3, 1, 2) }, 'last').items]).toEqual([2])
    const last = viewOf(
      { items: Int32Array.of(3, 1, 2), times: Float64Array.of(1, 5, 5), weights: Float32Array.of(1, 2, 3), sessionStart: 1, now: 9 },
      'last',
    )
    expect({ ...last, items: [...last.items], times: [...last.times!], weights: [...last.weights!] }).toEqual({
      items: [1, 2],
      times: [5, 5],
      weights: [2, 3],
      sessionStart: 0,
      now: 9,
    })
    expect(viewOf({ items: new Int32Array() }, 'last').items).toHaveLength(0)
  })
})

describe('blend', () => {
  const blend = openBlend(part(WEIGHTS), [ease, terms])

  it('needs the models that its part names', () => {
    expect(modelsOfBlend(part(WEIGHTS))).toEqual(['terms', 'ease'])
    expect(() => openBlend(part(WEIGHTS), [ease])).toThrow('part of model "blend": it needs the model "terms", which is not there')
    expect(() => openBlend(part([1, 2]), [ease, terms])).toThrow('tensor "weights" is Float32Array of 2, expected Float32Array of 6')
  })

  it('scores candidates by their chances, which sum to 1, and others by 0', async () => {
    const out = new Float32Array(5).fill(9)
    await blend.score(visit, out)
    const odds = [Math.log(2), Math.log(2) * 1.5 + 2 * Math.log(4), Math.log(2) * 1.5 + 2 * Math.log(2), Math.log(8) + 2 * Math.log(2)]
    const total = odds.reduce((sum, one) => sum + Math.exp(one), 0)
    for (const [item, one] of odds.entries()) expect(out[item]).toBeCloseTo(Math.exp(one) / total, 5)
    expect(out[4]).toBe(0)
  })

  it('keeps a candidate above 0 however far behind it is', async () => {
    const out = new Float32Array(5)
    await openBlend(part([0, 0, 1000, 0, 0, 0]), [ease, terms]).score(visit, out)
    expect(out[0]).toBeGreaterThan(0)
  })

  it('says nothing to an empty visit of which no model knows anything', async () => {
    const out = new Float32Array(5).fill(9)
    await blend.score({ items: new Int32Array() }, out)
    expect([...out]).toEqual([0, 0, 0, 0, 0])
  })

  it('names its features, in the order of rows and weights', async () => {
    expect(blend.features).toEqual(['terms', 'terms last', 'ease', ...OWN_FEATURES])
    const { values } = await blend.rowsOf(visit, Int32Array.of(3))
    const { mean } = blend.ranker.belief
    expect(values.reduce((sum, value, at) => sum + mean[at]! * value, 0)).toBeCloseTo(Math.log(8) + 2 * Math.log(2), 5)
  })

  it('explains by positions, each voice by its own account', async () => {
    const out = new Float32Array(2)
    await blend.explain(visit, 2, out)
    expect(out[0]).toBeCloseTo(0, 6)
    expect(out[1]).toBeCloseTo(Math.log(2) * 1.5 + 2 * Math.log(2), 5)
    await blend.explain(visit, 3, out)
    expect(out[0]).toBeCloseTo(Math.log(8), 5)
    expect(out[1]).toBeCloseTo(2 * Math.log(2), 5)
  })

  it('learns from what is taken: its voice rises, here from behind to the front', async () => {
    const adapting = openBlend(part(WEIGHTS), [ease, terms])
    const out = new Float32Array(5)
    await adapting.score(visit, out)
    expect(out[1]).toBeGreaterThan(out[3]!)
    for (let time = 0; time < 20; time++) {
      const { values } = await adapting.rowsOf(visit, Int32Array.of(1, 3))
      adapting.ranker.update(values, [0, 1])
    }
    await adapting.score(visit, out)
    expect(out[3]).toBeGreaterThan(out[1]!)
    const again = openBlend(part(WEIGHTS), [ease, terms], adapting.ranker.belief)
    expect(again.weights()).toEqual(adapting.weights())
    expect(again.weights()[0]!.mean).toBeGreaterThan(WEIGHTS[0]!)
  })

  it('passes over a belief about other features', () => {
    const other = { mean: new Float64Array(2), precision: new Float64Array(4) }
    expect(
      openBlend(part(WEIGHTS), [ease, terms], other)
        .weights()
        .map(({ mean }) => mean),
    ).toEqual(WEIGHTS)
  })
})
