import { join } from 'node:path'
import { holdContest } from '../support/contest'
import { type Demand, type Figure, type Report, report } from '../support/report'
import { spread } from '../support/spread'
import { isSameSize, nameOfSize, type Size } from './dataset'
import { GARBAGE_AT, garbageDemand, MAIN, MEMORY_AT, memoryDemand, recallDemands, timeDemands } from './demands'
import { BUILD_LIMIT_MS, MEMORY_LIMIT_BYTES } from './entrants'
import { absenceNotes, gpuNotes, parameterNotes, summaryOf, tablesOf, wayNotes } from './present'
import { type Result, runSize, type SizeResult } from './run-size'

const MODULES = join(import.meta.dirname, '../../node_modules')
/** Rows of the tables. */
export const SIZES: readonly Size[] = [1_000, 10_000, 100_000, 1_000_000].flatMap((items) => [64, 128, 384].map((dim) => ({ items, dim })))
const LIMITS = `limits: ${BUILD_LIMIT_MS / 1000} s to build an index, ${MEMORY_LIMIT_BYTES / 2 ** 30} GiB for one library`

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
 * page of Chromium, each in a worker of its own, turn about; what each finds is compared with a float64 reference first. At its largest
 * size it holds about 8 GB.
 */
export async function scoring(options: ScoringOptions = {}): Promise<Report> {
  const { sizes = SIZES, rounds = 15, garbageAt = GARBAGE_AT, onProgress } = options
  const workers = {
    dataset: 'bench/scoring/dataset-worker.ts',
    recall: 'bench/scoring/recall-worker.ts',
    searcher: 'bench/scoring/searcher-worker.ts',
  }
  const roots = { '/tfjs/': join(MODULES, '@tensorflow/tfjs-backend-wasm/dist'), '/voy/': join(MODULES, 'voy-search') }
  return holdContest({ workers, roots }, async (contest) => {
    const builds = new Map<string, number>()
    const found: SizeResult[] = []
    const own: Demand[] = []
    for (const size of sizes) {
      onProgress?.(`scoring ${nameOfSize(size)}`)
      const inspect = async (results: readonly Result[]) => {
        if (isSameSize(size, garbageAt)) own.push(await garbageDemand(contest, results))
        if (isSameSize(size, MEMORY_AT)) own.push(await memoryDemand(contest, results, size))
      }
      found.push(await runSize(contest, size, rounds, builds, inspect))
    }
    const { demands, missing } = timeDemands(found)
    return report({
      name: 'scoring',
      sizes: { sizes: sizes.length, items: Math.max(...sizes.map(({ items }) => items)) },
      rounds,
      browser: contest.browser,
      figures: found.flatMap(figuresOf),
      summary: found.filter(({ size }) => isSameSize(size, MAIN)).flatMap(summaryOf),
      tables: tablesOf(found, rounds),
      notes: [
        ...gpuNotes(found),
        ...parameterNotes(found),
        ...found.filter(({ size }) => isSameSize(size, MAIN)).flatMap(wayNotes),
        ...absenceNotes(found),
        LIMITS,
      ],
      demands: [...demands, ...recallDemands(found), ...own],
      faults: [...found.flatMap(({ faults }) => faults), ...missing],
    })
  })
}

function figuresOf({ size, results }: SizeResult): Figure[] {
  const timed = results.filter(({ samples }) => samples.length > 0)
  return timed.map(({ entrant, task, samples }) => {
    const label = { eight: ', 8 queries at once', other: ', asked in another way' }[task] ?? ''
    return { name: `${nameOfSize(size)}: ${entrant.name}${label}`, unit: 'ms', ...spread(samples) }
  })
}
