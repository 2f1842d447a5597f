import { describe, expect, it } from 'vitest'
import { chooseVectors } from '../../../../pack/learn/choose-vectors'
import { embedding } from '../../../../pack/learn/embedding'
import { latentTerms } from '../../../../pack/learn/latent-terms'
import type { LearnInput } from '../../../../pack/learn/learner'
import { mixVectors } from '../../../../pack/learn/mix-vectors'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { openVectorModel } from '../../../../worker/models/vector-model'

const TITLES = ['red lamp shade', 'lamp shade blue', 'lamp bulb', 'bulb shade', 'garden hose reel', 'hose reel', 'garden hose', '!']
const input = (titles: readonly string[]): LearnInput => ({
  log: { itemCount: titles.length, starts: Int32Array.of(0), items: new Int32Array() },
  texts: titles.map((title) => ({ title, attributes: [] })),
  support: 3,
  seed: 1,
})

describe('latentTerms', () => {
  it('brings together what shares words, also by way of others', async () => {
    const part = await latentTerms.learn(input(TITLES), { ...latentTerms.choices[0], dim: 2, spectrum: 1 })
    expect(part.tensors.vectors?.shape).toEqual([8, 2])
    const out = new Float32Array(8)
    await openVectorModel(part).score({ items: Int32Array.of(0) }, out)
    // The bulb of item 2 stands beside a lamp, never beside a hose.
    for (const near of [1, 2, 3]) for (const far of [4, 5, 6, 7]) expect(out[near]).toBeGreaterThan(out[far]! + 0.3)
    expect(out[7]).toBe(0)
  })

  it('is repeatable, and has nothing to say where there are no words', async () => {
    const settings = latentTerms.choices[0]!
    expect(await latentTerms.learn(input(TITLES), settings)).toEqual(await latentTerms.learn(input(TITLES), settings))
    const out = new Float32Array(1)
    openVectorModel(await latentTerms.learn(input(['lamp']), settings)).score({ items: Int32Array.of(0) }, out)
    expect(out[0]).toBe(0)
    expect(latentTerms.canLearn(input(['']))).toBe(false)
  })
})

describe('embedding', () => {
  it('needs vectors, and keeps them as a pack does', async () => {
    expect(embedding.canLearn(input(TITLES))).toBe(false)
    const vectors = { values: Float32Array.of(0, 2, 0, 0), dim: 2 }
    expect(embedding.canLearn({ ...input(['a', 'b']), vectors })).toBe(true)
    const { tensors } = await embedding.learn({ ...input(['a', 'b']), vectors }, embedding.choices[0]!)
    expect([...tensors.vectors!.data]).toEqual([0, 127, 0, 0])
    expect(tensors.scales!.data[0]).toBeCloseTo(1 / 127, 9)
    expect(tensors.scales!.data[1]).toBe(0)
  })
})

describe('mixVectors', () => {
  it('makes cosines that are the weighted mean', () => {
    const first = { values: Float32Array.of(5, 0, 3, 4), dim: 2 }
    const second = { values: Float32Array.of(1, -2), dim: 1 }
    const { values, dim } = mixVectors([
      { vectors: first, weight: 3 },
      { vectors: second, weight: 1 },
    ])
    expect(dim).toBe(3)
    expect(values[0]! * values[3]! + values[1]! * values[4]! + values[2]! * values[5]!).toBeCloseTo((3 * 0.6 - 1) / 4, 6)
  })

  it('keeps rows at norm 1 where a kind is missing, zeros where all are', () => {
    const { values } = mixVectors([
      { vectors: { values: Float32Array.of(0, 0, 0), dim: 1 }, weight: 1 },
      { vectors: { values: Float32Array.of(3, 4, 0, 0, 0, 2), dim: 2 }, weight: 1 },
    ])
    const expected = [0, 0.6, 0.8, 0, 0, 0, 0, 0, 1]
    for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 6)
  })

  it('refuses kinds of other items', () => {
    const one = { values: Float32Array.of(1), dim: 1 }
    const two = { values: Float32Array.of(1, 1), dim: 1 }
    expect(() =>
      mixVectors([
        { vectors: one, weight: 1 },
        { vectors: two, weight: 1 },
      ]),
    ).toThrow('kind 1 has 2 rows, expected 1')
  })
})

describe('chooseVectors', () => {
  // Visitors stay within a half of the items; `useful` knows the halves, `useless` tells other groups.
  const itemCount = 40
  const useful = {
    name: 'useful',
    vectors: { values: Float32Array.from({ length: 2 * itemCount }, (_, at) => Number(at % 2 === (at >> 1) % 2)), dim: 2 },
  }
  const useless = {
    name: 'useless',
    vectors: { values: Float32Array.from({ length: 2 * itemCount }, (_, at) => Number(at % 2 === ((at >> 2) & 1))), dim: 2 },
  }
  const visitors = 60
  const log = {
    itemCount,
    starts: Int32Array.from({ length: visitors + 1 }, (_, visitor) => 12 * visitor),
    items: Int32Array.from(
      { length: 12 * visitors },
      (_, at) => (2 * ((at % 12) + Math.floor(at / 12)) + (Math.floor(at / 12) % 2)) % itemCount,
    ),
  }

  it('takes the kind that tells best what comes next', async () => {
    const { kinds, vectors, trials } = await chooseVectors({ log, support: 3, seed: 1 }, [useless, useful], { open: openVectorModel })
    expect(kinds).toEqual(['useful'])
    expect(vectors).toBe(useful.vectors)
    expect(trials.map(({ kinds: names }) => names.join('+'))).toEqual(['useless', 'useful', 'useless+useful'])
  })

  it('takes another than the first only where it is clearly better, if so asked', async () => {
    const random = seededRandom(3)
    const noisy = { values: useful.vectors.values.map((value) => value + 3 * random()), dim: 2 }
    const kinds = [{ name: 'noisy', vectors: noisy }, useful] as const
    const choose = (clearly: number) => chooseVectors({ log, support: 3, seed: 1 }, kinds, { open: openVectorModel, clearly })
    const { trials } = await choose(0)
    const more = Math.max(...trials.map(({ quality }) => quality)) / trials[0]!.quality - 1
    expect(more).toBeGreaterThan(0)
    expect((await choose(more - 0.01)).kinds).not.toEqual(['noisy'])
    expect((await choose(more + 0.01)).kinds).toEqual(['noisy'])
  })

  it('takes the first where the log tells too little', async () => {
    const empty = { itemCount, starts: Int32Array.of(0), items: new Int32Array() }
    const { kinds, trials } = await chooseVectors({ log: empty, support: 3, seed: 1 }, [useless, useful], { open: openVectorModel })
    expect(kinds).toEqual(['useless'])
    expect(trials).toEqual([])
  })
})
