import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { capture } from '../../bench/capture/capture'
import { distance } from '../../bench/inference/distance'
import { INFERENCE_COLUMNS, inference } from '../../bench/inference/inference'
import { loading } from '../../bench/loading/loading'
import { nameOfSize } from '../../bench/scoring/dataset'
import { recallDemands, timeDemands } from '../../bench/scoring/demands'
import { COPY, ENTRANTS, RELAXED } from '../../bench/scoring/entrants'
import { OTHER_COLUMNS, OWN_COLUMNS, RECALL_COLUMNS, summaryOf } from '../../bench/scoring/present'
import { recallOf, referenceTopK } from '../../bench/scoring/reference'
import type { Result } from '../../bench/scoring/run-size'
import { SIZES, scoring } from '../../bench/scoring/scoring'
import { isRightAnswer } from '../../bench/scoring/verdict'
import { signalsVisit } from '../../bench/signals-visit/signals-visit'
import { startup } from '../../bench/startup/startup'
import { inDigits } from '../../bench/support/digits'
import { asTable, report } from '../../bench/support/report'
import { spread } from '../../bench/support/spread'
import { asMarkdown } from '../../bench/support/table'
import { BUDGET_COLUMNS, readSection } from '../../bench/support/write-readme'

const ROOT = join(import.meta.dirname, '../..')

// In small and without judging the figures: that they still run, and that what they measure is still right, which they check themselves.
describe('the benches run', () => {
  test('startup', async () => {
    const found = await startup({ items: 400, events: 300, rounds: 1 })
    expect(found.figures.map(({ name }) => name)).toEqual(['first recommendation', 'bare worker, one record', 'ratio, round by round'])
    expect(found.figures.every(({ median }) => median > 0)).toBe(true)
    expect(asTable(found)).toContain('startup: 400 items, 300 events; 1 rounds, Chromium')
  })

  test('capture', async () => {
    const found = await capture({ events: 200, rounds: 1, perBurst: [50] })
    expect(found.figures.map(({ name }) => name.replace('bursts of 50: ', ''))).toEqual([
      'kept',
      'raw idb puts',
      'ratio, round by round',
      'main thread',
    ])
    expect(found.figures.every(({ median }) => median > 0)).toBe(true)
  })

  test('signals-visit', async () => {
    const found = await signalsVisit({ rounds: 1 })
    expect(found.figures.map(({ name }) => name)).toEqual(["the worker's time", 'until it is done'])
    expect(found.figures.every(({ median }) => median > 0)).toBe(true)
  })

  test('loading', async () => {
    const found = await loading({ items: 500, rounds: 1 })
    expect(found.figures.map(({ name }) => name)).toEqual([
      'saved catalog, to its first answer',
      'of that, until the catalog is open',
      'the same bytes, one record',
      'ratio, round by round',
    ])
    expect(found.demands).toHaveLength(1)
  })

  test('scoring', async () => {
    const size = { items: 300, dim: 24 }
    const found = await scoring({ sizes: [size], rounds: 1, garbageAt: size })
    expect(found.faults).toEqual([])
    expect(found.tables!.map(({ columns }) => columns)).toEqual([OWN_COLUMNS, OTHER_COLUMNS, RECALL_COLUMNS])
    for (const { columns, rows } of found.tables!) {
      const [name, ...measured] = rows[0]!
      expect(name).toBe('300 × 24')
      for (const [at, cell] of measured.entries()) expect.soft(cell, columns[at + 1]).toMatch(/^\d+(\.\d+)?( \([\d.]+ to [\d.]+\))?$/)
    }
    const [, fine, int8] = found.tables![2]!.rows[0]!.map(Number)
    expect(fine).toBeGreaterThanOrEqual(0.99)
    expect(int8).toBeGreaterThan(0.9)
    // A software GPU is checked and never timed; the report names it.
    expect(found.notes!.join()).toMatch(/ours, WebGPU at 300 × 24: results checked, not timed \(software adapter: .+\)|ours, WebGPU: .+ ms/)
    expect(found.demands.map(({ compares }) => compares)).toEqual([
      expect.stringMatching(/^recall of the best 20 .+ the worst of 1 sizes \(300 × 24; int8 alone: [01]\.\d{3}\)$/),
      expect.stringContaining('bytes of garbage a query'),
    ])
  })

  test('inference', async () => {
    const found = await inference({ batches: [1, 3], rounds: 1, without: ['ours, WebGPU'] }) // a software GPU takes ten seconds to compile
    expect(found.faults).toEqual([])
    const [{ columns, rows }] = found.tables as [NonNullable<typeof found.tables>[number]] // one table
    expect(columns).toEqual(INFERENCE_COLUMNS)
    expect(rows.map(([name]) => name)).toEqual([
      'MLP 64-256-128-1, 1',
      'MLP 64-256-128-1, 3',
      'self-attention 50 × 64, 1',
      'self-attention 50 × 64, 3',
    ])
    for (const row of rows) for (const cell of row.slice(1, -1)) expect(Number(cell)).toBeGreaterThan(0)
    expect(found.summary).toEqual([
      expect.stringMatching(
        /^Models: onnxruntime-web, 1 thread, is faster than ours in WebAssembly at [0-4] of 4 .+: ours takes [\d.]+ to [\d.]+ /,
      ),
    ])
  })

  test('a name that is none lists those that are', () => {
    const run = () => execFileSync(process.execPath, ['bench/run.mjs', 'startpu'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })
    expect(run).toThrow(/there is no bench startpu; there are: startup, capture/)
  })

  test('what a quick run finds is not written into the README', () => {
    const given = ['bench/run.mjs', 'scoring', '--quick', '--write']
    const run = () => execFileSync(process.execPath, given, { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })
    expect(run).toThrow(/a quick run is no measurement/)
  })
})

describe('what they check', () => {
  const rows = Int8Array.of(1, 0, 0, 2, 3, 0, 3, 0)
  const scales = Float32Array.of(1, 1, 0.5, 0.5)

  test('the reference ranks by products times scale, ties in item order', () => {
    expect(referenceTopK(rows, scales, Float32Array.of(1, 0, 0, 1), 2, 3)).toEqual([
      [2, 3, 0],
      [1, 0, 2],
    ])
  })

  test('our own answers must be the very ranking, others the same items', () => {
    const exact = [[2, 3, 0]]
    expect(isRightAnswer('int8', [[2, 3, 0]], exact, 1)).toBe(true)
    expect(isRightAnswer('int8', [[3, 2, 0]], exact, 1)).toBe(false)
    expect(isRightAnswer('int8', [[2, 3]], exact, 1)).toBe(false)
    expect(isRightAnswer('float32', [[3, 2, 0]], exact, recallOf([[3, 2, 0]], exact))).toBe(true)
    expect(isRightAnswer('float32', [[3, 2, 1]], exact, recallOf([[3, 2, 1]], exact))).toBe(false)
    expect(isRightAnswer('any', [[1, 1, 1]], exact, 0)).toBe(true)
  })

  test('recall counts what was found of the best', () => {
    expect(
      recallOf(
        [[5, 4], [1]],
        [
          [4, 5],
          [1, 2],
        ],
      ),
    ).toBe(0.75)
  })

  test('outputs are compared number by number', () => {
    expect(distance([1, 2], [1, 2])).toBe(0)
    expect(distance([1, 5], [1, 3])).toBe(0.5)
    expect(distance([1], [1, 2])).toBe(Number.POSITIVE_INFINITY)
    expect(distance([Number.NaN, 1], [1, 1])).toBe(Number.POSITIVE_INFINITY)
  })
})

describe('what is demanded of scoring', () => {
  const size = { items: 100_000, dim: 128 }
  const timed = (name: string, ms: number): Result => {
    const entrant = ENTRANTS.find((each) => each.name === name)!
    return { entrant, task: 'one', samples: [ms, ms], recall: 1, buildMs: 0, about: {} }
  }
  const results = [
    timed(COPY, 1),
    timed(RELAXED, 2),
    timed('tfjs WASM SIMD, items as rows', 50),
    timed('tfjs WASM SIMD, items transposed', 8),
    timed('Orama', 300),
  ]
  const found = { size, results, absences: [], faults: [] }

  test('tfjs is asked in the way in which it is fastest, whichever that is', () => {
    const { demands } = timeDemands([found])
    expect(demands.find(({ compares }) => compares.includes('tfjs'))).toEqual({
      compares: '100,000 × 128: the fastest way to ask tfjs (tfjs WASM SIMD, items transposed) to WASM',
      ratio: 4,
      budget: { atLeast: 6 },
    })
  })

  test('the recall that counts is the worst of all sizes', () => {
    const sizes = [
      { ...found, recall: { fine: 0.998, int8: 0.97 } },
      { ...found, size: { items: 1000, dim: 64 }, recall: { fine: 0.991, int8: 0.98 } },
    ]
    expect(recallDemands([...sizes, found])).toEqual([
      {
        compares: expect.stringContaining('the worst of 2 sizes (1,000 × 64; int8 alone: 0.980)'),
        ratio: 0.991,
        budget: { atLeast: 0.99 },
      },
    ])
    expect(recallDemands([found])).toEqual([])
  })

  test('the summary names the copy and the fastest other', () => {
    expect(summaryOf(found)).toEqual([
      'Scoring, 100,000 × 128: a query takes ours 2.00 ms, 2.00 times as long as copying the bytes; the fastest other, tfjs WASM SIMD, items transposed, takes 4.00 times as long.',
    ])
  })
})

describe('the tables in the README', () => {
  /** First cells of the rows under a header with these columns. */
  function rowsUnder(columns: readonly string[]): string[] {
    const header = asMarkdown({ title: '', columns, rows: [] }).split('\n').slice(2).join('\n')
    const after = readSection().split(`${header}\n`)[1]
    if (after === undefined)
      throw new Error(`README.md has no table with the columns ${columns.join(', ')}; run: npm run bench -- scoring --write`)
    return after
      .split('\n\n')[0]!
      .trim()
      .split('\n')
      .map((line) => line.split(' | ')[0]!.replace('| ', ''))
  }

  test('are those that the bench writes', () => {
    expect(rowsUnder(OWN_COLUMNS)).toEqual(SIZES.map(nameOfSize))
    expect(rowsUnder(OTHER_COLUMNS)).toEqual(SIZES.map(nameOfSize))
    expect(rowsUnder(RECALL_COLUMNS)).toEqual(SIZES.filter(({ items }) => items <= 100_000).map(nameOfSize))
    expect(rowsUnder(INFERENCE_COLUMNS)).toHaveLength(6)
    expect(rowsUnder(BUDGET_COLUMNS)).toHaveLength(8)
    expect(readSection()).toMatch(/`npm run bench -- scoring --write` on \d+ \w+ \d{4}, Chromium \d+, \d+ cores \(.+\)/)
  })
})

describe('what they report', () => {
  const found = { name: 'some', sizes: {}, rounds: 1, browser: '1', figures: [], faults: [] }

  test.each([
    [{ atMost: 3 }, [], true],
    [{ atMost: 2.9 }, [], false],
    [{ atLeast: 3 }, [], true],
    [{ atLeast: 3.1 }, [], false],
    [{ atMost: 3 }, ['a long task'], false],
  ])('budget %j with faults %j: %s', (budget, faults, isWithin) => {
    expect(report({ ...found, demands: [{ compares: 'a to b', ratio: 3, budget }], faults }).isWithin).toBe(isWithin)
  })

  test('one budget of several that is not kept is enough', () => {
    const demands = [
      { compares: 'a to b', ratio: 1, budget: { atMost: 2 } },
      { compares: 'c to d', ratio: 1, budget: { atLeast: 2 } },
    ]
    const judged = report({ ...found, demands })
    expect(judged.demands.map(({ isKept }) => isKept)).toEqual([true, false])
    expect(judged.isWithin).toBe(false)
    expect(asTable(judged)).toMatch(/ok {2}ratio 1\.00, at most 2: a to b\n {2}OVER {2}ratio 1\.00, at least 2: c to d$/)
  })

  test.each([
    [0.0071, '0.007'],
    [1.4249, '1.42'],
    [15.71, '15.7'],
    [1920.7, '1921'],
  ])('%s stands in tables as %s', (value, text) => {
    expect(inDigits(value)).toBe(text)
  })

  test('median and quartiles', () => {
    expect(spread([4, 1, 3, 2])).toEqual({ q1: 1.75, median: 2.5, q3: 3.25 })
    expect(spread([7])).toEqual({ q1: 7, median: 7, q3: 7 })
    expect(() => spread([])).toThrow(RangeError)
  })
})
