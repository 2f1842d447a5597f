import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { holdContest } from '../support/contest'
import { inDigits } from '../support/digits'
import { type Figure, type Report, report } from '../support/report'
import { spread } from '../support/spread'
import type { Table } from '../support/table'
import { takeTurns } from '../support/take-turns'
import { distance } from './distance'
import type { InferenceArgument, Runtime } from './inference-worker'

const MODULES = join(import.meta.dirname, '../../node_modules')
/** Outputs may differ by this much, and by as much of their size: float32 sums of some hundred products, in other orders. */
const TOLERANCE = 1e-4
const ENTER_LIMIT_MS = 60_000

const RUNTIMES: Readonly<Record<string, Runtime>> = {
  'onnxruntime-web, 1 thread': { kind: 'onnxruntime', threads: 1 },
  'onnxruntime-web, all threads': { kind: 'onnxruntime', threads: availableParallelism() },
  'ours, WASM': { kind: 'ours', compute: 'wasm' },
  'ours, plain JS': { kind: 'ours', compute: 'js' },
  'ours, WebGPU': { kind: 'ours', compute: 'webgpu' },
}
/** Whose outputs the others' are compared with. */
const REFERENCE = 'onnxruntime-web, 1 thread'
const OWN = 'ours, WASM'

/** Columns of the table of inference. */
export const INFERENCE_COLUMNS: readonly string[] = ['network, rows', ...Object.keys(RUNTIMES)]

export type InferenceOptions = {
  /** Rows at once. */
  readonly batches?: readonly number[]
  readonly rounds?: number
  /** Names of those who are left out: their column says so. */
  readonly without?: readonly string[]
  /** Told what is about to be done. */
  readonly onProgress?: (doing: string) => void
}

/**
 * Two networks with the same weights on our `Tensors` and on `onnxruntime-web`: input to output, all outputs compared before anything is
 * timed. All in one page of Chromium, each in a worker of its own, turn about.
 */
export async function inference({ batches = [1, 32, 256], rounds = 15, without = [], onProgress }: InferenceOptions = {}): Promise<Report> {
  const workers = { inference: 'bench/inference/inference-worker.ts' }
  const roots = { '/tfjs/': join(MODULES, '@tensorflow/tfjs-backend-wasm/dist'), '/ort/': join(MODULES, 'onnxruntime-web/dist') }
  return holdContest({ workers, roots }, async (contest) => {
    const notes: string[] = [`outputs agree with those of ${REFERENCE} within ${TOLERANCE}, absolute and relative`]
    const faults: string[] = []
    const timed = new Map<string, readonly string[]>()
    const untimed = new Set<string>()
    const expected = new Map<string, readonly number[]>()
    for (const [name, runtime] of Object.entries(RUNTIMES)) {
      if (without.includes(name)) continue
      onProgress?.(`inference: ${name}`)
      const { tasks, about } = await contest.enter(name, 'inference', { runtime, batches } satisfies InferenceArgument, ENTER_LIMIT_MS)
      for (const task of tasks) {
        const found = await contest.answer<readonly number[]>(name, task)
        if (name === REFERENCE) expected.set(task, found)
        const worst = distance(found, expected.get(task)!)
        if (!(worst <= TOLERANCE)) faults.push(`${name}, ${task}: outputs differ by ${worst}`)
      }
      if (runtime.kind === 'ours') notes.push(`${name}: ${about.reason}`)
      const reason = reasonNotToTime(runtime, about)
      if (reason === undefined) timed.set(name, tasks)
      else {
        untimed.add(name)
        notes.push(`${name}: ${reason}`)
      }
    }
    onProgress?.('inference: timing')
    const turns = [...timed].flatMap(([name, tasks]) => tasks.map((task) => ({ name, task })))
    const taken = await takeTurns(contest, turns, rounds)
    const samples = new Map(turns.map(({ name, task }, at) => [keyOf(name, task), taken[at]!]))
    const tasks = [...expected.keys()]
    return report({
      name: 'inference',
      sizes: { networks: 2, batches: batches.length },
      rounds,
      browser: contest.browser,
      figures: [...samples].map(([name, values]): Figure => ({ name, unit: 'ms', ...spread(values) })),
      summary: summaryOf(tasks, samples),
      tables: [tableOf(tasks, samples, untimed, rounds)],
      notes,
      demands: [],
      faults,
    })
  })
}

/** What stands in for a GPU, or for what was asked for, is not what the column says. */
function reasonNotToTime(runtime: Runtime, { backend, softwareAdapter }: Readonly<Record<string, unknown>>): string | undefined {
  if (runtime.kind === 'onnxruntime') return undefined
  const wanted = { webgpu: 'webgpu', wasm: 'wasm', js: 'cpu' }[runtime.compute]
  if (backend !== wanted) return `not timed, ${backend} stood in`
  return softwareAdapter ? `results checked for one size, not timed (software adapter: ${softwareAdapter})` : undefined
}

const keyOf = (name: string, task: string) => `${name}: ${task}`

/** Who is faster, in words; nothing where one of the two was not timed. */
function summaryOf(tasks: readonly string[], samples: ReadonlyMap<string, readonly number[]>): readonly string[] {
  const ratios = tasks.flatMap((task) => {
    const [own, other] = [OWN, REFERENCE].map((name) => samples.get(keyOf(name, task)))
    return own && other ? [spread(own.map((ms, round) => ms / other[Math.min(round, other.length - 1)]!)).median] : []
  })
  if (ratios.length === 0) return []
  const slower = ratios.filter((ratio) => ratio > 1).length
  return [
    `Models: ${REFERENCE}, is faster than ours in WebAssembly at ${slower} of ${ratios.length} networks and batches: ours takes ${inDigits(Math.min(...ratios))} to ${inDigits(Math.max(...ratios))} times as long.`,
  ]
}

function tableOf(
  tasks: readonly string[],
  samples: ReadonlyMap<string, readonly number[]>,
  untimed: ReadonlySet<string>,
  rounds: number,
): Table {
  return {
    title: `One batch, input to output, in milliseconds (median of ${rounds} rounds)`,
    columns: INFERENCE_COLUMNS,
    rows: tasks.map((task) => [
      task,
      ...INFERENCE_COLUMNS.slice(1).map((name) => {
        const values = samples.get(keyOf(name, task))
        return values ? inDigits(spread(values).median) : untimed.has(name) ? 'not timed' : 'not run'
      }),
    ]),
  }
}
