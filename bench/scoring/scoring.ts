import { join } from 'node:path'
import { type Contest, holdContest } from '../support/contest'
import { type Demand, type Figure, type Report, report } from '../support/report'
import { rounded, spread } from '../support/spread'
import { nameOfSize, type Size } from './dataset'
import { BUILD_LIMIT_MS, COPY, MEMORY_LIMIT_BYTES, ORAMA, OWN_JS, RELAXED, SIMD, TFJS_ROWS } from './entrants'
import { garbagePerRun, indexBytes } from './inspect-index'
import { absenceNotes, eightOf, fastest, tableOf } from './present'
import { type Result, runSize, type SizeResult } from './run-size'

const MODULES = join(import.meta.dirname, '../../node_modules')
/** Rows of the table. */
export const SIZES: readonly Size[] = [1_000, 10_000, 100_000, 1_000_000].flatMap((items) => [64, 128, 384].map((dim) => ({ items, dim })))
/** Where the budgets hold. */
const MAIN = { items: 100_000, dim: 128 }
const LARGE = { items: 1_000_000, dim: 64 }
const SMALL = { items: 100_000, dim: 64 }
const GARBAGE_AT: Size = { items: 10_000, dim: 64 }
const GARBAGE_QUERIES = 10_000
/** The smallest object of V8 takes 12 bytes: what makes one a query exceeds this by far, what makes one now and then does not. */
const GARBAGE_BYTES = 2

export type ScoringOptions = {
  readonly sizes?: readonly Size[]
  readonly rounds?: number
  /** The size at which garbage is measured. */
  readonly garbageAt?: Size
  /** Told what is about to be done. */
  readonly onProgress?: (doing: string) => void
}

/**
 * Exact top 20 of one query: ours on every backend, against the copy of the same bytes, plain JavaScript and other libraries. All in one
 * page of Chromium, each in a worker of its own, turn about; what each finds is compared with a float64 reference first.
 */
export async function scoring({ sizes = SIZES, rounds = 15, garbageAt = GARBAGE_AT, onProgress }: ScoringOptions = {}): Promise<Report> {
  const workers = { dataset: 'bench/scoring/dataset-worker.ts', searcher: 'bench/scoring/searcher-worker.ts' }
  const roots = { '/tfjs/': join(MODULES, '@tensorflow/tfjs-backend-wasm/dist'), '/voy/': join(MODULES, 'voy-search') }
  return holdContest({ workers, roots }, async (contest) => {
    const builds = new Map<string, number>()
    const found: SizeResult[] = []
    const own: Demand[] = []
    for (const size of sizes) {
      onProgress?.(`scoring ${nameOfSize(size)}`)
      found.push(
        await runSize(contest, size, rounds, builds, async (results) => {
          if (isSame(size, garbageAt)) own.push(...(await garbageDemands(contest, results)))
          if (isSame(size, SMALL)) own.push(...(await memoryDemands(contest, results, size)))
        }),
      )
    }
    const { demands, missing } = timeDemands(found)
    return report({
      name: 'scoring',
      sizes: { sizes: sizes.length, items: Math.max(...sizes.map(({ items }) => items)) },
      rounds,
      browser: contest.browser,
      figures: found.flatMap(({ size, results }) =>
        results.filter(({ samples }) => samples.length > 0).map((result) => figure(size, result)),
      ),
      tables: [tableOf(found, rounds)],
      notes: [...parameterNotes(found), ...winnersNotes(found), ...absenceNotes(found), limitsNote()],
      demands: [...demands, ...own],
      faults: [...found.flatMap(({ faults }) => faults), ...missing],
    })
  })
}

const isSame = (a: Size, b: Size) => a.items === b.items && a.dim === b.dim

function figure(size: Size, { entrant, task, samples }: Result): Figure {
  const label = task === 'one' || task === 'copy' ? '' : ` (${task})`
  return { name: `${nameOfSize(size)}: ${entrant.name}${label}`, unit: 'ms', ...spread(samples) }
}

/** One thing's time over another's, round by round. */
function ratio(above: Result, below: Result): number {
  const both = Math.min(above.samples.length, below.samples.length)
  return rounded(spread(Array.from({ length: both }, (_, round) => above.samples[round]! / below.samples[round]!)).median)
}

/** WebAssembly with the best instructions there are. */
function bestWasm(results: readonly Result[]): Result | undefined {
  return fastest(results, ({ entrant }) => entrant.name === RELAXED) ?? fastest(results, ({ entrant }) => entrant.name === SIMD)
}

/** Ratios where the budgets hold, and what of them could not be measured although its size was run. */
function timeDemands(found: readonly SizeResult[]): { readonly demands: readonly Demand[]; readonly missing: readonly string[] } {
  const demands: Demand[] = []
  const missing: string[] = []
  const at = (size: Size) => found.find((result) => isSame(result.size, size))?.results
  const of = (results: readonly Result[], column: string) => fastest(results, ({ entrant }) => entrant.column === column)
  const main = at(MAIN)
  if (main) {
    const wasm = bestWasm(main)
    const add = (compares: string, above: Result | undefined, below: Result | undefined, budget: Demand['budget']) => {
      if (above && below) demands.push({ compares: `${nameOfSize(MAIN)}: ${compares}`, ratio: ratio(above, below), budget })
      else missing.push(`${nameOfSize(MAIN)}: not measured: ${compares}`)
    }
    add('WASM, one query, to copying the int8 bytes once', wasm, of(main, COPY), { atMost: 2 })
    add("tfjs's best backend, items as rows, to WASM", of(main, TFJS_ROWS), wasm, { atLeast: 6 })
    add('Orama, however it is asked, to WASM', of(main, ORAMA), wasm, { atLeast: 50 })
    add('WASM, eight queries at once, to one', eightOf(main), wasm, { atMost: 6 })
  }
  const [large, small] = [at(LARGE), at(SMALL)]
  if (large && small) {
    const toCopy = [large, small].map((results) => {
      const [above, below] = [bestWasm(results), of(results, COPY)]
      return above && below && ratio(above, below)
    })
    const compares = `WASM to the copy at ${nameOfSize(LARGE)} (${toCopy[0]}), over the same at ${nameOfSize(SMALL)} (${toCopy[1]})`
    if (toCopy[0] && toCopy[1]) demands.push({ compares, ratio: rounded(toCopy[0] / toCopy[1]), budget: { atMost: 1.15 } })
    else missing.push(`not measured: ${compares}`)
  }
  return { demands, missing }
}

async function garbageDemands(contest: Contest, results: readonly Result[]): Promise<Demand[]> {
  const wasm = bestWasm(results)
  if (!wasm) return []
  const bytes = await garbagePerRun(contest, wasm.entrant.name, 'one', GARBAGE_QUERIES)
  // That nothing was seen says something only if it would have been.
  const twin = await garbagePerRun(contest, OWN_JS, 'one', GARBAGE_QUERIES / 10)
  if (!(twin > GARBAGE_BYTES))
    throw new Error(`queries that make their results leave ${twin} bytes each, so that little was seen says nothing`)
  return [
    {
      compares: `bytes of garbage a query on WASM, over ${GARBAGE_QUERIES} queries (a query that makes its results: ${Math.round(twin)})`,
      ratio: rounded(bytes),
      budget: { atMost: GARBAGE_BYTES },
    },
  ]
}

async function memoryDemands(contest: Contest, results: readonly Result[], size: Size): Promise<Demand[]> {
  const wasm = bestWasm(results)
  if (!wasm) return []
  await contest.enter('idle', 'searcher', { kind: 'ours', backend: 'none' })
  const bytes = await indexBytes(contest, wasm.entrant.name, 'idle', Number(wasm.about.wasmBytes))
  await contest.leave('idle')
  return [
    {
      compares: `${nameOfSize(size)}: memory of the WASM index (${bytes} bytes), to the int8 bytes`,
      ratio: rounded(bytes / (size.items * size.dim)),
      budget: { atMost: 1.1 },
    },
  ]
}

/** Which form of a library was the fastest where the budgets hold, and one that its budget does not count. */
function winnersNotes(found: readonly SizeResult[]): string[] {
  const main = found.find(({ size }) => isSame(size, MAIN))?.results
  const wasm = main && bestWasm(main)
  if (!wasm) return []
  return main
    .filter(
      ({ entrant, task, samples }) => samples.length > 0 && task !== 'eight' && (entrant.library.kind === 'tfjs' || entrant.name === ORAMA),
    )
    .map((result) => {
      const { entrant, task, samples, about } = result
      const how = task === 'other' ? ', with its threshold of 0.8' : entrant.name === ORAMA ? ', without a threshold' : ''
      const threads = about.threads ? ` (${about.threads} of them)` : ''
      const name = entrant.name.replace('with threads', `with threads${threads}`)
      return `${nameOfSize(MAIN)}: ${name}${how}: ${spread(samples).median} ms, ${ratio(result, wasm).toFixed(1)} times WASM`
    })
}

/** What those that only approximate were told to take the trouble of. */
function parameterNotes(found: readonly SizeResult[]): string[] {
  const told = found.flatMap(({ results }) =>
    results.flatMap(({ entrant, about }) => (about.parameters ? [`${entrant.name} is approximate: ${about.parameters}`] : [])),
  )
  return [...new Set(told)]
}

function limitsNote(): string {
  return `limits: ${BUILD_LIMIT_MS / 1000} s to build an index, ${MEMORY_LIMIT_BYTES / 2 ** 30} GiB for one library`
}
