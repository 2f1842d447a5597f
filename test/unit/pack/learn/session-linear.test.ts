import { describe, expect, it } from 'vitest'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { sessionLinear } from '../../../../pack/learn/session-linear'
import { openRowModel } from '../../../../worker/models/row-model'

const SEQUENCES = [[0, 1, 2], [1, 2, 0, 3], [0, 1, 0, 4], [3, 1, 2], [], [4]]
const SETTINGS = { pastDecay: 0.5, nextDecay: 0.8, backward: 0, lambda: 2, candidates: 100, pairs: 1000, decay: 0 }

function logOf(sequences: readonly (readonly number[])[], more: Partial<InteractionLog> = {}): InteractionLog {
  const starts = [0]
  for (const items of sequences) starts.push(starts.at(-1)! + items.length)
  return { itemCount: 5, starts: Int32Array.from(starts), items: Int32Array.from(sequences.flat()), ...more }
}

/** The rows of all cuts, as they are defined. */
function cutsOf(sequences: readonly (readonly number[])[], { pastDecay, nextDecay }: typeof SETTINGS) {
  const past: number[][] = []
  const next: number[][] = []
  for (const sequence of sequences) {
    for (let cut = 1; cut < sequence.length; cut++) {
      const x = new Array<number>(5).fill(0)
      const y = new Array<number>(5).fill(0)
      for (let at = 0; at < cut; at++) x[sequence[at]!]! += pastDecay ** (cut - 1 - at)
      for (let at = cut; at < sequence.length; at++) y[sequence[at]!]! += nextDecay ** (at - cut)
      past.push(x)
      next.push(y)
    }
  }
  return { past, next }
}

/** Coefficients of one target over some sources, by gradient descent on the loss. */
function slowRidge(sources: readonly number[], target: number, settings: typeof SETTINGS): number[] {
  const { past, next } = cutsOf(SEQUENCES, settings)
  const behind = cutsOf(
    SEQUENCES.map((sequence) => sequence.toReversed()),
    settings,
  )
  const weights = sources.map(() => 0)
  for (let step = 0; step < 4000; step++) {
    const slopes = weights.map((weight) => settings.lambda * weight)
    const learn = (x: readonly number[], y: readonly number[], worth: number) => {
      const miss = sources.reduce((sum, source, at) => sum + x[source]! * weights[at]!, 0) - y[target]!
      for (const [at, source] of sources.entries()) slopes[at]! += worth * miss * x[source]!
    }
    for (const [cut, x] of past.entries()) learn(x, next[cut]!, 1)
    for (const [cut, x] of behind.past.entries()) learn(x, behind.next[cut]!, settings.backward)
    for (const at of weights.keys()) weights[at]! -= 0.02 * slopes[at]!
  }
  return weights
}

function sourcesBefore(target: number, support: number): number[] {
  const had = (source: number) =>
    SEQUENCES.filter((sequence) => sequence.some((item, at) => item === target && sequence.slice(0, at).includes(source))).length
  return [0, 1, 2, 3, 4].filter((source) => had(source) >= support)
}

async function learn(support: number, more: Partial<typeof SETTINGS> = {}, log = logOf(SEQUENCES)) {
  const model = openRowModel(await sessionLinear.learn({ log, support, seed: 1 }, { ...SETTINGS, ...more }))
  return (source: number) => {
    const out = new Float32Array(5)
    model.score({ items: Int32Array.of(source) }, out)
    return [...out]
  }
}

describe('learning a linear model of sessions', () => {
  it.each([1, 2, 3])('is the ridge regression on what %i visitors had before', async (support) => {
    const rowOf = await learn(support)
    for (let target = 0; target < 5; target++) {
      const sources = sourcesBefore(target, support)
      const expected = slowRidge(sources, target, SETTINGS)
      for (let source = 0; source < 5; source++) {
        const weight = Math.max(0, expected[sources.indexOf(source)] ?? 0)
        expect(Math.abs(rowOf(source)[target]! - weight)).toBeLessThan(0.03 * weight + 1e-4) // 8 bits
      }
    }
  })

  it('reads backward too, each cut as much as it is told to', async () => {
    const settings = { ...SETTINGS, backward: 0.6 }
    const rowOf = await learn(1, settings)
    for (let target = 0; target < 5; target++) {
      const isWith = (source: number) =>
        SEQUENCES.some((sequence) =>
          sequence.some((item, at) => item === target && sequence.some((one, other) => one === source && other !== at)),
        )
      const sources = [0, 1, 2, 3, 4].filter(isWith)
      const expected = slowRidge(sources, target, settings)
      for (let source = 0; source < 5; source++) {
        const weight = Math.max(0, expected[sources.indexOf(source)] ?? 0)
        expect(Math.abs(rowOf(source)[target]! - weight)).toBeLessThan(0.03 * weight + 1e-4)
      }
    }
  })

  it('counts all cuts alike without decay', async () => {
    const settings = { ...SETTINGS, pastDecay: 1, nextDecay: 1 }
    const expected = slowRidge(sourcesBefore(2, 1), 2, settings)[1]!
    expect((await learn(1, settings))(1)[2]).toBeCloseTo(expected, 2)
  })

  it('foretells an item that is come back to', async () => {
    expect((await learn(1))(0)[0]).toBeGreaterThan(0)
    expect((await learn(2))(0)[0]).toBe(0)
  })

  it('takes the candidates that came before most', async () => {
    const rowOf = await learn(1, { candidates: 1 })
    expect([0, 1, 2, 3, 4].filter((source) => rowOf(source)[2]! > 0)).toEqual([1])
  })

  it('forgets the values of a row that are least, never its own, and stays solvable', async () => {
    const whole = await learn(1)
    const same = await learn(1, { pairs: 5 })
    for (let source = 0; source < 5; source++) expect(same(source)).toEqual(whole(source))
    const own = await learn(1, { pairs: 1 })
    // As if sources never came together: the sum over their own value and lambda.
    const { past, next } = cutsOf(SEQUENCES, SETTINGS)
    const over = (term: (cut: number) => number) => past.reduce((sum, _, cut) => sum + term(cut), 0)
    const expected = over((cut) => past[cut]![1]! * next[cut]![2]!) / (over((cut) => past[cut]![1]! ** 2) + SETTINGS.lambda)
    expect(own(1)[2]! / expected).toBeCloseTo(1, 1)
    for (const pairs of [2, 3]) {
      const some = await learn(1, { pairs, lambda: 0.001 })
      expect([0, 1, 2, 3, 4].flatMap(some).every((value) => value >= 0 && value < 100)).toBe(true)
    }
  })

  it('counts visitors, not sessions', async () => {
    const rowOf = await learn(2, {}, logOf(SEQUENCES, { visitors: new Int32Array(SEQUENCES.length) }))
    expect([0, 1, 2, 3, 4].flatMap((source) => rowOf(source))).toEqual(new Array(25).fill(0))
  })

  it('needs a sequence of two', () => {
    expect(sessionLinear.canLearn({ log: logOf([[1], [2]]), support: 1, seed: 1 })).toBe(false)
    expect(sessionLinear.canLearn({ log: logOf([[1, 2]]), support: 1, seed: 1 })).toBe(true)
  })
})
