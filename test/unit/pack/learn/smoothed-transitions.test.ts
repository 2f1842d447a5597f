import { describe, expect, it } from 'vitest'
import type { LearnInput } from '../../../../pack/learn/learner'
import { smoothedTransitions } from '../../../../pack/learn/smoothed-transitions'
import { transitions } from '../../../../pack/learn/transitions'
import type { ModelPart, Settings } from '../../../../worker/models/model-part'
import { openRowModel } from '../../../../worker/models/row-model'
import { makeLog } from '../../../support/make-log'

/** Two lipsticks that read alike, two mirrors that do, and a comb that is like nothing. */
const TEXTS = ['velvet lipstick crimson', 'velvet lipstick scarlet', 'pocket mirror oak', 'pocket mirror beech', 'comb'].map((title) => ({
  title,
  attributes: [],
}))
/** One lipstick was followed by one mirror thrice, never the other by the other. */
const INPUT: LearnInput = {
  log: makeLog(5, [[0, 2], [0, 2], [0, 2], [1, 4], [3, 4], [1], [3]]),
  texts: TEXTS,
  support: 3,
  seed: 1,
}

function scoresAfter(part: ModelPart, item: number): number[] {
  const out = new Float32Array(5)
  openRowModel(part).score({ items: Int32Array.of(item) }, out)
  return [...out]
}

describe('smoothed transitions', () => {
  const learn = (settings: Settings = {}, input: Partial<LearnInput> = {}) => smoothedTransitions.learn({ ...INPUT, ...input }, settings)

  it('let an item learn from one that reads like it, and speak for one that reads like what came next', async () => {
    const [, , , other, comb] = scoresAfter(await learn(), 1)
    expect(other).toBeGreaterThan(0)
    // One visitor alone went from that lipstick to the comb.
    expect(comb).toBe(0)
    expect(scoresAfter(await transitions.learn(INPUT, {}), 1)).toEqual([0, 0, 0, 0, 0])
  })

  it('say most of what itself came next', async () => {
    const after = scoresAfter(await learn(), 0)
    expect(after[2]).toBeGreaterThan(after[3]!)
    expect(after[3]).toBeGreaterThan(0)
  })

  it('are transitions where nothing is alike', async () => {
    const same = { reach: 2, distanceDecay: 0.5, asymmetry: 0.75, shrinkage: 1 }
    const alone = scoresAfter(await learn({ ...same, alike: 0 }, { support: 1 }), 0)
    const plain = scoresAfter(await transitions.learn({ ...INPUT, support: 1 }, same), 0)
    for (const [item, score] of alone.entries()) expect(score).toBeCloseTo(plain[item]!, 5)
  })

  it('keep nothing that fewer visitors put something into', async () => {
    for (let item = 0; item < 5; item++) expect(scoresAfter(await learn({}, { support: 6 }), item)).toEqual([0, 0, 0, 0, 0])
    const oneVisitor = { ...INPUT.log, visitors: new Int32Array(7) }
    expect(scoresAfter(await learn({}, { log: oneVisitor }), 0)).toEqual([0, 0, 0, 0, 0])
  })

  it('tell of one visitor no more than of those who put in least, however little that is', async () => {
    // Once 0 was followed by 1; four others went between items that read only a little like them.
    const titles = [
      'red rose candle shine special',
      'blue lamp steel table extra',
      'special candle other words many here zeta eta theta iota kappa',
      'sofa extra lamp foo bar baz qux quux corge grault',
    ]
    const texts = [...titles, 'comb'].map((title) => ({ title, attributes: [] }))
    const said = async (first: readonly number[], support: number) => {
      const log = makeLog(5, [first, [2, 3], [2, 3], [2, 3], [2, 3]])
      return scoresAfter(await learn({ shrinkage: 0 }, { log, texts, support }), 0)[1]!
    }
    const untold = await said([1, 0], 4)
    expect(untold).toBeGreaterThan(0)
    // Five of them, as if the first one were like the four others.
    expect((await said([0, 1], 5)) / untold).toBeCloseTo(5 / 4, 1)
    expect(await said([0, 1], 6)).toBe(0)
  })

  it('know items without text by themselves alone, and need some text', async () => {
    const texts = TEXTS.map((text, item) => (item === 3 ? { title: '', attributes: [] } : text))
    expect(scoresAfter(await learn({}, { texts }), 0)[3]).toBe(0)
    const { texts: _, ...wordless } = INPUT
    expect(smoothedTransitions.canLearn(wordless)).toBe(false)
    expect(smoothedTransitions.canLearn(INPUT)).toBe(true)
  })
})
