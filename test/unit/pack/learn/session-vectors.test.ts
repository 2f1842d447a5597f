import { beforeAll, describe, expect, it } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import type { LearnInput } from '../../../../pack/learn/learner'
import { sessionVectors } from '../../../../pack/learn/session-vectors'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import type { ModelPart } from '../../../../worker/models/model-part'
import { openSessionVectors } from '../../../../worker/models/session-vectors'

const SETTINGS = { dim: 8, epochs: 30, drawn: 8 }

function logOf(sequences: readonly (readonly number[])[], itemCount: number): InteractionLog {
  const starts = [0]
  for (const items of sequences) starts.push(starts.at(-1)! + items.length)
  return { itemCount, starts: Int32Array.from(starts), items: Int32Array.from(sequences.flat()) }
}

/** Items 0 to 4 go together, and 5 to 9; 10 came to one visitor, with 0; 11 to nobody. */
function twoCircles(): InteractionLog {
  const random = seededRandom(5)
  const pick = (from: number) => from + Math.floor(random() * 5)
  const sequences = Array.from({ length: 80 }, (_, at) => Array.from({ length: 4 }, () => pick((at % 2) * 5)))
  return logOf([...sequences, [0, 10]], 12)
}

const learn = async (more: Partial<LearnInput> = {}, settings: Record<string, number> = {}): Promise<ModelPart> =>
  await sessionVectors.learn({ log: twoCircles(), support: 3, seed: 1, ...more }, { ...SETTINGS, ...settings })

function score(part: ModelPart, items: readonly number[]): number[] {
  const out = new Float32Array(12)
  openSessionVectors(part).score({ items: Int32Array.from(items) }, out)
  return [...out]
}

describe('learning session vectors', () => {
  it('needs an order: baskets have none', () => {
    const log = twoCircles()
    const timed = (timeOf: (at: number) => number) => ({ ...log, times: Float64Array.from(log.items, (_, at) => timeOf(at)) })
    const canLearn = (of: InteractionLog) => sessionVectors.canLearn({ log: of, support: 3, seed: 1 })
    expect([canLearn(log), canLearn(timed((at) => at)), canLearn(timed((at) => at >> 2))]).toEqual([true, true, false])
    // Of three steps of four items two lead to another moment, or one does.
    expect(canLearn(timed((at) => at - Number(at % 4 === 3)))).toBe(true)
    expect(canLearn(timed((at) => (at >> 2) * 4 + Number(at % 4 === 3)))).toBe(false)
  })

  let part: ModelPart
  beforeAll(async () => {
    part = await learn()
  })

  it('finds what goes together', () => {
    const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
    expect(sum(score(part, [1, 2]).slice(0, 5))).toBeGreaterThan(0.9)
    expect(sum(score(part, [7]).slice(5, 10))).toBeGreaterThan(0.9)
  })

  it('knows nothing of items of fewer visitors than the support, nor from them', async () => {
    expect(score(part, [10])).toEqual(new Array(12).fill(0))
    expect(score(part, [0]).slice(10)).toEqual([0, 0])
    const { items, starts } = twoCircles()
    const without: InteractionLog = { itemCount: 12, starts: starts.slice(0, -1), items: items.slice(0, -2) }
    expect((await learn({ log: without })).tensors).toEqual(part.tensors)
    expect(score(await learn({ support: 1 }), [10])[0]).toBeGreaterThan(0)
  })

  it('counts visitors, not sessions', async () => {
    const log = twoCircles()
    const alone = { ...log, visitors: new Int32Array(log.starts.length - 1) }
    expect(sessionVectors.canLearn({ log: alone, support: 2, seed: 1 })).toBe(false)
    expect(sessionVectors.canLearn({ log, support: 2, seed: 1 })).toBe(true)
  })

  it('is repeatable by its seed', async () => {
    expect((await learn()).tensors).toEqual(part.tensors)
    expect((await learn({ seed: 2 })).tensors).not.toEqual(part.tensors)
  })

  it('cannot learn where nothing follows anything, nor from the steps of few visitors', () => {
    const canLearn = (sequences: readonly (readonly number[])[], visitors?: Int32Array) =>
      sessionVectors.canLearn({ log: { ...logOf(sequences, 12), ...(visitors && { visitors }) }, support: 3, seed: 1 })
    const many = (count: number, sequence: readonly number[]) => Array.from({ length: count }, () => sequence)
    expect(canLearn([])).toBe(false)
    expect(canLearn([...many(60, [1]), ...many(60, [2])])).toBe(false)
    // Enough visitors know the items, one alone went from one to the other.
    expect(canLearn([...many(60, [1]), ...many(60, [2]), [1, 2]])).toBe(false)
    expect(canLearn(many(49, [1, 2]))).toBe(false)
    expect(canLearn(many(50, [1, 2]))).toBe(true)
    expect(
      canLearn(
        many(60, [1, 2]),
        Int32Array.from({ length: 60 }, (_, session) => session % 49),
      ),
    ).toBe(false)
    // Nobody knows anything of item 3 but one visitor.
    expect(canLearn([...many(49, [1, 2]), [1, 3]])).toBe(false)
  })

  it('learns from one visitor and one item', async () => {
    const one = await learn({ log: logOf([[4, 4]], 12), support: 1 }, { epochs: 1 })
    expect(score(one, [4]).map(Math.round)).toEqual(Array.from({ length: 12 }, (_, item) => Number(item === 4)))
  })

  it('says how far it is', async () => {
    const told: number[] = []
    await learn({ onProgress: (share) => told.push(share) }, { epochs: 2 })
    expect(told.length).toBeGreaterThan(1)
    expect(told).toEqual(told.toSorted((a, b) => a - b))
    expect(told.every((share) => share >= 0 && share <= 1)).toBe(true)
  })
})
