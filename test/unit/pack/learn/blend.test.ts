import { describe, expect, it } from 'vitest'
import { chooseBlend, learnBlend, learnChosenBlend } from '../../../../pack/learn/blend'
import { usualWeights } from '../../../../pack/learn/blend-voices'
import { ease } from '../../../../pack/learn/ease'
import { checkedCases } from '../../../../pack/learn/held-out-choices'
import type { HeldOutCase } from '../../../../pack/learn/hold-out'
import { itemNeighbours } from '../../../../pack/learn/item-neighbours'
import type { Learner, LearnInput } from '../../../../pack/learn/learner'
import { blendCandidates } from '../../../../pack/learn/learners'
import { popularity } from '../../../../pack/learn/popularity'
import { offsetOf } from '../../../../pack/learn/revise-prior'
import { soloQuality } from '../../../../pack/learn/solo-quality'
import { transitions } from '../../../../pack/learn/transitions'
import { tune } from '../../../../pack/learn/tune'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import type { ModelPart } from '../../../../worker/models/model-part'
import { openModel } from '../../../../worker/models/open-model'
import { openPopularity } from '../../../../worker/models/popularity'
import type { Recommender } from '../../../../worker/models/recommender'
import { openRowModel } from '../../../../worker/models/row-model'
import { openBlend } from '../../../../worker/ranking/ranker/blend'
import { makeLog } from '../../../support/make-log'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()
const DAY_MS = 86_400_000
const ITEMS = 40
const open = async (part: ModelPart): Promise<Recommender> => (part.model === 'popularity' ? openPopularity(part) : openRowModel(part))
const LEARNERS: readonly Learner[] = [popularity, itemNeighbours, ease, transitions]

/** Visitors who walk round a ring of items, now and then by a jump. */
function walks(visitors: number): LearnInput['log'] {
  const random = seededRandom(11)
  return makeLog(
    ITEMS,
    Array.from({ length: visitors }, () => {
      let item = Math.floor(random() * ITEMS)
      return Array.from({ length: 4 + Math.floor(random() * 4) }, () => {
        item = random() < 0.15 ? Math.floor(random() * ITEMS) : (item + 1) % ITEMS
        return item
      })
    }),
  )
}

async function opened(parts: readonly ModelPart[]) {
  const models = await Promise.all(parts.filter(({ model }) => model !== 'blend').map(open))
  return openBlend(parts.find(({ model }) => model === 'blend')!, models)
}

describe('learnBlend', () => {
  const input: LearnInput = { log: walks(400), support: 3, seed: 1 }

  it('gives each weight to its own model, in whatever order these are named', async () => {
    const { part } = await chooseBlend(input, { learners: LEARNERS, open, keepsAll: true })
    const turned = await chooseBlend(input, { learners: LEARNERS.toReversed(), open, keepsAll: true })
    expect(turned.part).toEqual(part)
    expect(new Set(part.tensors.weights!.data).size).toBeGreaterThan(LEARNERS.length)
  })

  it('moves its prior where that ranks better what visitors kept apart chose, and nowhere else', async () => {
    const random = seededRandom(5)
    const walker = () => {
      const first = Math.floor(random() * ITEMS)
      return [0, 1, 2, 3].map((step) => (first + step) % ITEMS)
    }
    // Weights are fitted to those who walk, and checked by those who end at what is seldom: their ends are held out of what is learned from.
    const follower = () => {
      const walked = walker().filter((item) => item > 1)
      return [...walked, random() < 0.8 ? 0 : 1]
    }
    const log = makeLog(
      ITEMS,
      Array.from({ length: 400 }, (_, visitor) => (visitor % 2 ? follower() : walker())),
    )
    const choose = (moves?: ReadonlyMap<string, number>, kept: ReadonlyMap<string, number> = new Map()) =>
      chooseBlend({ ...input, log }, { learners: LEARNERS, open, keepsAll: true, moves: moves && { moves, kept } })
    const still = await choose()
    expect(still).not.toHaveProperty('revision')
    const { part, revision } = await choose(new Map([['popularity', -0.25]]))
    expect(revision!.isTaken).toBe(true)
    const before = still.part.tensors.weights!.data
    // Popularity is the first of the models, and the only weight beside the constant that moves.
    expect(part.tensors.weights!.data[0]).toBeCloseTo(before[0]! - 0.25 * revision!.tried!, 4)
    expect([...part.tensors.weights!.data].slice(1, -1)).toEqual([...before].slice(1, -1))
    const worse = await choose(new Map([['popularity', 0.25]]))
    expect(worse.revision!.isTaken).toBe(false)
    expect(worse.part).toEqual(still.part)
    const kept = await choose(new Map(), offsetOf(part))
    expect(kept.revision).toMatchObject({ isTaken: true, tried: 0 })
    expect(kept.part).toEqual(part)
    expect(await choose(new Map([['no such model', 1]]))).not.toHaveProperty('revision')
  })

  it('finds that what comes next is told by what came last, and ranks as well as the best of its models', async () => {
    const { parts, chosen } = await learnBlend(input, { learners: LEARNERS, open })
    expect(parts.at(-1)!.model).toBe('blend')
    expect(chosen.models.map(({ learner }) => learner.model)).toContain('transitions')
    const blend = await opened(parts)
    const cases = Array.from({ length: ITEMS }, (_, item) => ({
      visit: { items: Int32Array.of((item + 38) % ITEMS, (item + 39) % ITEMS) },
      targets: Int32Array.of(item),
    }))
    const quality = await soloQuality(blend, cases, true)
    expect(quality).toBeGreaterThan(0.95)
    const alone = await open(await transitions.learn(input, {}))
    expect(quality).toBeGreaterThanOrEqual(await soloQuality(alone, cases, true))
  })

  it('keeps what adds nothing only where all are to stay', async () => {
    const counts = { shape: [ITEMS], data: new Uint16Array(ITEMS).fill(2048) }
    const level: Learner = { ...popularity, learn: () => ({ model: 'popularity', settings: {}, tensors: { counts } }) }
    const modelsOf = async (keepsAll: boolean) => {
      const { models } = await chooseBlend(input, { learners: [level, transitions], open, keepsAll })
      return models.map(({ learner }) => learner.model)
    }
    expect(await modelsOf(true)).toEqual(['popularity', 'transitions'])
    expect(await modelsOf(false)).toEqual(['transitions'])
  })

  it('gives the same parts for the same input and seed', async () => {
    const once = await learnBlend(input, { learners: LEARNERS, open })
    const again = await learnBlend(input, { learners: LEARNERS, open })
    expect(again.parts).toEqual(once.parts)
  })

  it('learns the chosen models anew from another log, and keeps the ranker', async () => {
    const chosen = await chooseBlend(input, { learners: LEARNERS, open, settings: { transitions: { reach: 1 } } })
    const parts = await learnChosenBlend({ ...input, log: walks(50) }, chosen)
    expect(parts.map(({ model }) => model)).toEqual([...chosen.models.map(({ learner }) => learner.model), 'blend'])
    expect(parts.at(-1)).toBe(chosen.part)
    expect(parts.find(({ model }) => model === 'transitions')!.settings.reach).toBe(1)
  })

  it.each([
    ['one visitor', makeLog(3, [[0, 1, 2]])],
    ['one item', makeLog(1, [[0], [0], [0, 0]])],
    ['nobody', makeLog(4, [])],
    ['visitors of one item each', makeLog(4, [[0], [1], [1], [1]])],
  ])('holds for %s', async (_, log) => {
    const { parts } = await learnBlend({ log, support: 1, seed: 1 }, { learners: LEARNERS, open })
    const blend = await opened(parts)
    const out = new Float32Array(blend.itemCount)
    await blend.score({ items: new Int32Array() }, out)
    expect([...out].every((score) => score >= 0 && Number.isFinite(score))).toBe(true)
    if (log.items.length) expect(Math.max(...out)).toBeGreaterThan(0)
  })

  it.each(['last steps', 'weeks'])('says nothing of what few visitors chose, asked about %s', async (kind) => {
    // Sixty visitors of one item each, and one or forty-nine who went on to another: too few to be asked about.
    const partOf = async (others: number, last: number) => {
      const sequences = [...Array.from({ length: 60 }, (_, visitor) => [visitor % 3]), ...Array.from({ length: others }, () => [0, last])]
      const log = makeLog(6, sequences)
      const times = Float64Array.from(log.items, (_, at) => (log.starts.includes(at) ? 0 : 100 * DAY_MS))
      const asked: LearnInput = { log: kind === 'weeks' ? { ...log, times } : log, support: 5, seed: 1 }
      return (await chooseBlend(asked, { learners: LEARNERS, open })).part
    }
    for (const others of [1, 49]) {
      const one = await partOf(others, 1)
      for (const last of [3, 5]) expect((await partOf(others, last)).tensors).toEqual(one.tensors)
      const voices = Object.keys(one.settings).filter((name) => name !== 'perVoice')
      expect([...one.tensors.weights!.data].slice(0, voices.length)).toEqual(
        [...usualWeights(voices)].slice(0, voices.length).map(Math.fround),
      )
    }
  })

  it('of all default candidates holds nothing of where a single visitor went', async () => {
    const texts = Array.from({ length: 6 }, (_, item) => ({ title: `word${item % 3} item`, attributes: [] }))
    const partsFor = async (last: number) => {
      const singles = [0, 1].flatMap((item) => Array.from({ length: 60 }, () => [item]))
      const asked: LearnInput = { log: makeLog(6, [...singles, [0, last]]), texts, support: 5, seed: 1 }
      const openOne = (one: ModelPart) => openModel(one, tensors())
      return (await learnBlend(asked, { learners: blendCandidates(true), open: openOne })).parts
    }
    const parts = await partsFor(3)
    expect(parts.map(({ model }) => model)).toEqual(['popularity', 'terms', 'blend'])
    expect(await partsFor(5)).toEqual(parts)
    expect((await partsFor(1)).map(({ model }) => model)).toEqual(['popularity', 'terms', 'blend'])
  })

  it('has a voice for every model that knows something, also where too few visitors tell what is worth what', async () => {
    const log = makeLog(
      6,
      Array.from({ length: 20 }, (_, visitor) => (visitor % 2 ? [0, 1, 2] : [3, 4, 5])),
    )
    const { parts, chosen } = await learnBlend({ log, support: 5, seed: 1 }, { learners: LEARNERS, open })
    expect(chosen.models.map(({ learner }) => learner.model)).toEqual(LEARNERS.map(({ model }) => model))
    const out = new Float32Array(6)
    await (await opened(parts)).score({ items: Int32Array.of(3) }, out)
    expect(out[4]).toBeGreaterThan(out[1]!)
  })

  it('counts distinct visitors, however many sessions one of them has', async () => {
    const { log } = input
    const partOf = async (visitors: Int32Array) =>
      (
        await chooseBlend(
          { ...input, log: { ...log, visitors } },
          { learners: [popularity, transitions], open, settings: { popularity: {} } },
        )
      ).part
    const sequences = log.starts.length - 1
    const told = await partOf(Int32Array.from({ length: sequences }, (_, sequence) => sequence))
    const untold = await partOf(Int32Array.from({ length: sequences }, (_, sequence) => sequence % 49))
    expect(untold.tensors.precision!.data[0]).toBe(1)
    expect(told.tensors.precision!.data[0]).toBeGreaterThan(1)
  })

  it('keeps whole visitors apart', () => {
    const one = (visitor?: number): HeldOutCase => ({
      visit: { items: Int32Array.of(0) },
      targets: Int32Array.of(1),
      ...(visitor !== undefined && { visitor }),
    })
    const cases = [one(7), one(7), one(3), one(9), one(3), one(), one()]
    const later = [one(3), one(7)]
    const checked = checkedCases([
      { log: input.log, cases },
      { log: input.log, cases: later },
    ])
    expect(cases.map((each) => checked.has(each))).toEqual([false, false, true, false, true, true, false])
    expect(later.map((each) => checked.has(each))).toEqual([true, false])
  })

  it('counts what a visit holds already only where that may come again', async () => {
    const again = makeLog(
      ITEMS,
      Array.from({ length: 300 }, (_, visitor) => [visitor % ITEMS, (visitor * 7) % ITEMS, visitor % ITEMS]),
    )
    const { parts } = await learnBlend({ log: again, support: 1, seed: 1 }, { learners: LEARNERS, open, excludesSeen: false })
    const seen = (await opened(parts)).weights().find(({ name }) => name === 'seen')!
    expect(seen.mean).toBeGreaterThan(0.5)
    const fresh = await learnBlend(input, { learners: LEARNERS, open })
    expect((await opened(fresh.parts)).weights().find(({ name }) => name === 'seen')!.mean).toBe(0)
  })
})

describe('tune', () => {
  it('takes the settings that rank best what is held out', async () => {
    const log = makeLog(4, [
      [0, 1],
      [0, 1],
      [0, 1],
    ])
    const one = { visit: { items: Int32Array.of(0) }, targets: Int32Array.of(1) }
    const held = { log, cases: Array.from({ length: 50 }, (_, visitor) => ({ ...one, visitor })) }
    const few = { log, cases: Array.from({ length: 60 }, (_, at) => ({ ...one, visitor: at % 49 })) }
    const learner: Learner = {
      ...transitions,
      choices: [
        { kept: 0, reach: 1 },
        { kept: 9, reach: 1 },
        { kept: 8, reach: 1 },
      ],
    }
    expect(await tune(learner, { log, support: 1, seed: 1 }, held, { excludesSeen: true, open })).toEqual({ kept: 9, reach: 1 })
    for (const none of [few, { log, cases: [] }]) {
      expect(await tune(learner, { log, support: 1, seed: 1 }, none, { excludesSeen: true, open })).toEqual({ kept: 0, reach: 1 })
    }
  })

  it('asks about all of what is held out, as far as it asks', async () => {
    // Of the first 1,500 visitors one item is true, of the others, twice as many, the other one.
    const log = makeLog(3, [
      [0, 1],
      [0, 2],
    ])
    const cases = Array.from({ length: 4500 }, (_, visitor) => ({
      visit: { items: Int32Array.of(0) },
      targets: Int32Array.of(visitor < 1500 ? 1 : 2),
      visitor,
    }))
    const learner: Learner = {
      ...popularity,
      choices: [{ best: 1 }, { best: 2 }],
      learn: (_, { best }) => ({
        model: 'popularity',
        settings: {},
        tensors: { counts: { shape: [3], data: Uint16Array.from({ length: 3 }, (_, item) => (item === best ? 9 : 1)) } },
      }),
    }
    expect(await tune(learner, { log, support: 1, seed: 1 }, { log, cases }, { excludesSeen: true, open })).toEqual({ best: 2 })
  })
})

describe('soloQuality', () => {
  const fixed = (scores: readonly number[]): Recommender => ({
    name: 'ease',
    itemCount: scores.length,
    score: (_, out) => out.set(scores),
    explain: (_, __, out) => {
      out.fill(0)
    },
  })
  const ask = (scores: readonly number[], targets: readonly number[], seen: readonly number[] = []) =>
    soloQuality(fixed(scores), [{ visit: { items: Int32Array.from(seen) }, targets: Int32Array.from(targets) }], true)

  it('counts ties against the model, and what is seen not at all', async () => {
    expect(await ask([3, 2, 1], [1])).toBeCloseTo(1 / Math.log2(3), 10)
    expect(await ask([2, 2, 1], [1])).toBeCloseTo(1 / Math.log2(3), 10)
    expect(await ask([3, 2, 1], [1], [0])).toBe(1)
    expect(await ask([0, 0, 0], [1])).toBe(0)
  })

  it('compares several targets with their best order', async () => {
    expect(await ask([4, 3, 2, 1], [0, 2])).toBeCloseTo((1 + 0.5) / (1 + 1 / Math.log2(3)), 10)
  })
})
