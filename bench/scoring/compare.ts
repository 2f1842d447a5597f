import { rounded, type Spread, spread } from '../support/spread'
import { RELAXED, SIMD } from './entrants'
import type { Result } from './run-size'

/** One thing's time over another's within each round, as both saw the same machine. */
export function ratioSpread(above: Result, below: Result): Spread {
  const both = Math.min(above.samples.length, below.samples.length)
  return spread(Array.from({ length: both }, (_, round) => above.samples[round]! / below.samples[round]!))
}

/** The median of that. */
export function ratioOf(above: Result, below: Result): number {
  return rounded(ratioSpread(above, below).median)
}

/** The fastest of some columns that was right, for one query; `undefined` where none was timed. */
export function fastestIn(results: readonly Result[], ...columns: readonly string[]): Result | undefined {
  return results
    .filter(({ entrant, task, samples }) => columns.includes(entrant.column) && task !== 'eight' && samples.length > 0)
    .sort((a, b) => spread(a.samples).median - spread(b.samples).median)[0]
}

/** Ours in WebAssembly with the instructions that it takes where it may choose: relaxed SIMD where there is such a thing. */
export function wasmOf(results: readonly Result[]): Result | undefined {
  return fastestIn(results, RELAXED) ?? fastestIn(results, SIMD)
}

/** The same for all queries at once. */
export function eightOf(results: readonly Result[]): Result | undefined {
  const entrant = wasmOf(results)?.entrant
  return results.find((result) => result.task === 'eight' && result.entrant === entrant)
}
