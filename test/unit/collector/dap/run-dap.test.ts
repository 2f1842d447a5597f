import { existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { runCollector } from '../../../../collector/command/run-collector'
import { epochStart } from '../../../../src/shared/signals/epoch'
import type { EstimatesDocument } from '../../../../src/shared/signals/estimates'
import { temporaryFolder } from '../../../support/temporary-folder'

const EPOCH = 2900
const TASK = `${'A'.repeat(42)}A`
const PLAN = {
  sottoPlan: 1,
  purpose: 'To see what sells.',
  mode: 'dap',
  metrics: [{ name: 'funnel', counts: 'funnel' }],
  dap: { leader: 'https://leader.example/', helper: 'https://helper.example/', tasks: [TASK], timePrecision: 3600 },
}
const FUNNEL = { reports: 1000, sums: [900, '50', 30, 15, '340282366920938462946865773367900766207'] }

const inFolder = temporaryFolder()
let folder: string
let printed: string[]
let warned: string[]

beforeEach(() => {
  folder = mkdtempSync(inFolder('run-'))
  printed = []
  warned = []
  write('plan.json', PLAN)
  write('aggregates.json', { epoch: EPOCH, metrics: { funnel: FUNNEL } })
})

function write(name: string, value: unknown): void {
  writeFileSync(join(folder, name), typeof value === 'string' ? value : JSON.stringify(value))
}

function run(...args: readonly string[]): Promise<number> {
  return runCollector(['dap', ...args.map((arg) => arg.replace('@', `${folder}/`))], {
    print: (text) => printed.push(text),
    warn: (text) => warned.push(text),
    environment: {},
    now: () => 0,
    steady: () => 0,
    dashboard: folder,
    onEnd: () => {},
  })
}

function publish(...more: readonly string[]): Promise<number> {
  return run('publish', '--plan', '@plan.json', '--aggregates', '@aggregates.json', '--estimates', '@estimates.json', ...more)
}

function published(): EstimatesDocument {
  return JSON.parse(readFileSync(join(folder, 'estimates.json'), 'utf8'))
}

describe('tasks', () => {
  test('are printed', async () => {
    expect(await run('tasks', '--plan', '@plan.json')).toBe(0)
    expect(printed.join()).toContain(`task_id: "${TASK}"`)
  })

  test('help says how', async () => {
    expect(await run('--help')).toBe(0)
    expect(printed.join()).toContain('sotto-collector dap publish')
  })
})

describe('publish', () => {
  test('what two operators summed is written as estimates', async () => {
    expect([await publish(), warned]).toEqual([0, []])
    const { sotto, plans, epochs } = published()
    expect([sotto, Object.values(plans)]).toEqual(['estimates/1', [PLAN]])
    expect(epochs).toHaveLength(1)
    expect(epochs[0]).toMatchObject({ epoch: EPOCH, begins: new Date(epochStart(EPOCH)).toISOString() })
    const { plan, groups } = epochs[0]!.metrics[0]!
    expect(plan).toBe(Object.keys(plans)[0])
    expect(groups![0]!.buckets.map(({ value }) => value)).toEqual([900, 50, 30, 15, -2])
  })

  test('an epoch is published once, and epochs stand with the latest first', async () => {
    await publish()
    const first = published()
    expect(await publish()).toBe(2)
    expect(warned.join()).toContain(`epoch ${EPOCH} is published already`)
    expect(published()).toEqual(first)
    write('aggregates.json', { epoch: EPOCH + 1, metrics: { funnel: FUNNEL } })
    expect(await publish()).toBe(0)
    expect(published().epochs.map(({ epoch }) => epoch)).toEqual([EPOCH + 1, EPOCH])
    expect(published().epochs[1]).toEqual(first.epochs[0])
  })

  test('noise that the operators did not add is added', async () => {
    let [changed, values] = [false, [] as number[]]
    // Each time all five draws are 0 with a chance of 0.0009.
    for (let round = 0; round < 8 && !changed; round++) {
      write('aggregates.json', { epoch: EPOCH + round, metrics: { funnel: { reports: 1000, sums: [900, 50, 30, 15, 5] } } })
      expect(await publish('--noise', 'here')).toBe(0)
      values = published().epochs[0]!.metrics[0]!.groups![0]!.buckets.map(({ value }) => value)
      changed = values.join() !== '900,50,30,15,5'
    }
    expect(changed).toBe(true)
  })
})

describe('what is wrong is named, and nothing is written', () => {
  test.each([
    ['no command', ['--plan', '@plan.json'], 'dap is followed by tasks or publish'],
    ['an unknown command', ['sum', '--plan', '@plan.json'], 'dap is followed by tasks or publish'],
    ['no plan', ['tasks'], '--plan is missing'],
    ['an unknown option', ['tasks', '--pan', 'x'], '--pan'],
    [
      'unknown noise',
      ['publish', '--plan', '@plan.json', '--aggregates', '@aggregates.json', '--estimates', '@e.json', '--noise', 'none'],
      '"none"',
    ],
  ])('%s', async (_what, args, message) => {
    expect(await run(...args)).toBe(2)
    expect(warned.join()).toContain(message)
    expect(existsSync(join(folder, 'e.json'))).toBe(false)
  })

  test.each([
    ['no JSON', '{', 'the aggregates are no JSON'],
    ['a list', [], 'the aggregates: expected an object'],
    ['no epoch', { metrics: {} }, 'epoch of the aggregates'],
    ['a fraction of an epoch', { epoch: 1.5, metrics: {} }, 'epoch of the aggregates'],
    ['no metrics', { epoch: 1 }, 'metrics of the aggregates'],
    ['another metric', { epoch: 1, metrics: { basket: FUNNEL } }, 'the plan has no metric basket'],
    ['another length', { epoch: 1, metrics: { funnel: { reports: 60, sums: [1] } } }, 'has 1 sums, expected 5'],
    ['negative reports', { epoch: 1, metrics: { funnel: { ...FUNNEL, reports: -1 } } }, 'reports of funnel'],
    ['sums that are no list', { epoch: 1, metrics: { funnel: { reports: 60, sums: 'x' } } }, 'sums of funnel'],
    ['a sum that is no number', { epoch: 1, metrics: { funnel: { reports: 60, sums: [1, 2, 3, 4, 'x'] } } }, 'a sum of funnel'],
    [
      'a sum beyond what numbers hold',
      { epoch: 1, metrics: { funnel: { reports: 60, sums: [1, 2, 3, 4, 2 ** 60] } } },
      'write it as a text',
    ],
  ])('aggregates: %s', async (_what, value, message) => {
    write('aggregates.json', value)
    expect(await publish()).toBe(2)
    expect(warned.join()).toContain(message)
    expect(existsSync(join(folder, 'estimates.json'))).toBe(false)
  })

  test('files that cannot be read or written: which, why, and what was expected', async () => {
    expect([await run('tasks', '--plan', '@nowhere'), warned.join()]).toEqual([
      1,
      `sotto-collector: --plan: the file ${join(folder, 'nowhere')} cannot be read: it is not there (ENOENT); expected a signal plan in mode dap`,
    ])
    mkdirSync(join(folder, 'estimates.json.new'))
    expect([await publish(), warned.join()]).toEqual([
      1,
      expect.stringContaining(`estimates.json cannot be written: it is a folder, not a file (EISDIR); nothing is published yet`),
    ])
    expect(existsSync(join(folder, 'estimates.json'))).toBe(false)
  })

  test('a plan in mode local, no plan at all, estimates that are something else', async () => {
    const { dap: _, ...local } = PLAN
    write('plan.json', { ...local, mode: 'local' })
    expect([await publish(), warned.join()]).toEqual([2, expect.stringContaining('not in mode dap')])
    write('plan.json', 'none')
    expect([await publish(), warned.join()]).toEqual([2, expect.stringContaining('the plan is no JSON')])
    write('plan.json', PLAN)
    write('estimates.json', { something: 'else' })
    expect([await publish(), warned.join()]).toEqual([2, expect.stringContaining('holds something else')])
    expect(published()).toEqual({ something: 'else' })
  })
})
