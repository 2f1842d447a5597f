import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { capture } from '../../bench/capture/capture'
import { startup } from '../../bench/startup/startup'
import { asTable, report } from '../../bench/support/report'
import { spread } from '../../bench/support/spread'

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

  test('a name that is none lists those that are', () => {
    const run = () => execFileSync(process.execPath, ['bench/run.mjs', 'startpu'], { cwd: ROOT, encoding: 'utf8', stdio: 'pipe' })
    expect(run).toThrow(/there is no bench startpu; there are: startup, capture/)
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
    expect(asTable(judged)).toMatch(/ok {2}ratio 1.00, at most 2: a to b\n {2}OVER {2}ratio 1.00, at least 2: c to d$/)
  })

  test('median and quartiles', () => {
    expect(spread([4, 1, 3, 2])).toEqual({ q1: 1.75, median: 2.5, q3: 3.25 })
    expect(spread([7])).toEqual({ q1: 7, median: 7, q3: 7 })
    expect(() => spread([])).toThrow(RangeError)
  })
})
