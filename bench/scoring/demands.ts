import type { Contest } from '../support/contest'
import type { Demand } from '../support/report'
import { rounded } from '../support/spread'
import { eightOf, fastestIn, ratioOf, wasmOf } from './compare'
import { isSameSize, nameOfSize, RECALL_QUERIES, type Size } from './dataset'
import { COPY, ORAMA, OWN_JS, TFJS_ROWS, TFJS_TRANSPOSED } from './entrants'
import { garbagePerRun, indexBytes } from './inspect-index'
import type { Result, SizeResult } from './run-size'
import { TOP } from './searcher'

/** Where most budgets hold, and between which two sizes cost must grow as the copy does. */
export const MAIN: Size = { items: 100_000, dim: 128 }
const LARGE: Size = { items: 1_000_000, dim: 64 }
const SMALL: Size = { items: 100_000, dim: 64 }
export const MEMORY_AT: Size = SMALL
export const GARBAGE_AT: Size = { items: 10_000, dim: 64 }
const GARBAGE_QUERIES = 10_000
/** The smallest object of V8 takes 12 bytes: what makes one a query exceeds this by far, what makes one now and then does not. */
const GARBAGE_BYTES = 2

/** Ratios of times, and in words what could not be measured although its sizes were run. */
export function timeDemands(found: readonly SizeResult[]): { readonly demands: readonly Demand[]; readonly missing: readonly string[] } {
  const at = (size: Size) => found.find((result) => isSameSize(result.size, size))?.results
  const candidates: { compares: string; ratio: number | undefined; budget: Demand['budget'] }[] = []
  const main = at(MAIN)
  if (main) {
    const wasm = wasmOf(main)
    const add = (compares: string, above: Result | undefined, below: Result | undefined, budget: Demand['budget']) =>
      candidates.push({ compares: `${nameOfSize(MAIN)}: ${compares}`, ratio: above && below && ratioOf(above, below), budget })
    add('WASM, one query, to copying the int8 bytes once', wasm, fastestIn(main, COPY), { atMost: 2 })
    const tfjs = fastestIn(main, TFJS_ROWS, TFJS_TRANSPOSED)
    add(`the fastest way to ask tfjs (${tfjs?.entrant.name ?? 'none'}) to WASM`, tfjs, wasm, { atLeast: 6 })
    add('Orama to WASM', fastestIn(main, ORAMA), wasm, { atLeast: 50 })
    add('WASM, eight queries at once, to one', eightOf(main), wasm, { atMost: 6 })
  }
  const [large, small] = [LARGE, SMALL].map((size) => {
    const results = at(size)
    const [wasm, copy] = results ? [wasmOf(results), fastestIn(results, COPY)] : []
    return { isRun: results !== undefined, ratio: wasm && copy && ratioOf(wasm, copy) }
  })
  if (large?.isRun && small?.isRun) {
    candidates.push({
      compares: `WASM to the copy at ${nameOfSize(LARGE)} (${large.ratio}), over the same at ${nameOfSize(SMALL)} (${small.ratio}); judged to one side: to grow less than the copy is no fault`,
      ratio: large.ratio && small.ratio && rounded(large.ratio / small.ratio),
      budget: { atMost: 1.15 },
    })
  }
  return {
    demands: candidates.flatMap(({ ratio, ...rest }) => (ratio === undefined ? [] : [{ ...rest, ratio }])),
    missing: candidates.filter(({ ratio }) => ratio === undefined).map(({ compares }) => `not measured: ${compares}`),
  }
}

/** The worst recall of ours over rows of 16 bits; none where it was taken at no size. */
export function recallDemands(found: readonly SizeResult[]): readonly Demand[] {
  const taken = found.flatMap(({ size, recall }) => (recall ? [{ size, ...recall }] : [])).sort((a, b) => a.fine - b.fine)
  const [worst] = taken
  if (!worst) return []
  return [
    {
      compares: `recall of the best ${TOP} of float32, rows of 16 bits, ${RECALL_QUERIES} queries, the worst of ${taken.length} sizes (${nameOfSize(worst.size)}; int8 alone: ${worst.int8.toFixed(3)})`,
      ratio: rounded(worst.fine),
      budget: { atLeast: 0.99 },
    },
  ]
}

/** Garbage a query, while the entrants still stand. @throws Error where the measurement would not see any. */
export async function garbageDemand(contest: Contest, results: readonly Result[]): Promise<Demand> {
  const name = wasmOf(results)?.entrant.name
  if (!name) throw new Error('there is no index in WebAssembly whose garbage could be measured')
  const bytes = await garbagePerRun(contest, name, 'one', GARBAGE_QUERIES)
  // That nothing was seen says something only if it would have been.
  const twin = await garbagePerRun(contest, OWN_JS, 'one', GARBAGE_QUERIES / 10)
  if (!(twin > GARBAGE_BYTES))
    throw new Error(`queries that make their results leave ${twin} bytes each, so that little was seen says nothing`)
  return {
    compares: `bytes of garbage a query on WASM, over ${GARBAGE_QUERIES} queries (one that makes its results: ${Math.round(twin)})`,
    ratio: rounded(bytes),
    budget: { atMost: GARBAGE_BYTES },
  }
}

/** What the index holds, while the entrants still stand. */
export async function memoryDemand(contest: Contest, results: readonly Result[], size: Size): Promise<Demand> {
  const wasm = wasmOf(results)
  if (!wasm) throw new Error('there is no index in WebAssembly whose memory could be measured')
  await contest.enter('idle', 'searcher', { kind: 'ours', backend: 'none' })
  const bytes = await indexBytes(contest, wasm.entrant.name, 'idle', Number(wasm.about.wasmBytes))
  await contest.leave('idle')
  return {
    compares: `${nameOfSize(size)}: memory of the WASM index (${bytes} bytes), to the int8 bytes`,
    ratio: rounded(bytes / (size.items * size.dim)),
    budget: { atMost: 1.1 },
  }
}
