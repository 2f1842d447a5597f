import type { VectorIndex, VectorMatrix } from '../vector-index'

/** Longer than this nobody who asks in between may have to wait. */
const SLICE_MS = 4
/**
 * A measurement this many times shorter than a slice is repeated on so many times the work. Clocks of workers tick at 0.1 ms (at 1 ms in some
 * browsers), so what counts took at least ten ticks there.
 */
const GROWTH = 4
/** Of what took less than a tick, no more is known than that: where a machine is held up, that may be all there was time for. */
const TICK_MS = 0.1
/** The best of so many: whatever disturbs a measurement, or has to be compiled first, makes it longer. */
const SAMPLES = 4
/** Multiply-adds of the first measurement: 0.05 ms in plain JavaScript, a few where it is not compiled yet on a slow phone. */
const FIRST_PRODUCTS = 65_536
/** No query is so short that more of them would be needed: each allocates its result. */
const MAX_LOOPS = 4096
/** A shelf with spares. */
const BEST = 20

/** The time as measuring needs it. */
export type Clock = {
  /** Milliseconds of a clock that is never set back. */
  readonly elapsed: () => number
  /** Resolves in a later task, so that requests get their turn. */
  readonly pause: () => Promise<void>
}

type QueryTiming = {
  /** One query over all rows. */
  readonly ms: number
  /** Rows that were scanned; where fewer than all, `ms` is scaled up. */
  readonly rows: number
}

/**
 * Measures one query, best 20, in slices with pauses between them. Scans of more and more rows come first and warm up what has to be
 * compiled; once a scan is long enough to be told by the clock, the best of a few counts.
 * @param open an index over the first `rows` of the matrix; disposed here.
 * @param firstRows where to begin; `matrix.count` where the index cannot be had over fewer.
 * @param budgetMs nothing begins that is expected to end after so much work, opening included; only the very first scan always runs.
 * @throws whatever the index throws.
 */
export async function timeQuery(
  matrix: VectorMatrix,
  open: (rows: number) => VectorIndex,
  firstRows: number,
  budgetMs: number,
  { elapsed, pause }: Clock,
): Promise<QueryTiming> {
  const { count } = matrix
  const query = typicalQuery(matrix)
  let started = elapsed()
  let spent = 0
  let rows = firstRows
  let index = open(rows)
  let loops = 1
  let samples = 0
  let best = Number.POSITIVE_INFINITY
  try {
    while (samples < SAMPLES) {
      const begun = elapsed()
      for (let loop = 0; loop < loops; loop++) await index.topK(query, Math.min(BEST, rows))
      const took = elapsed() - begun
      spent += elapsed() - started
      const isTooShort = samples === 0 && took * GROWTH <= SLICE_MS && loops < MAX_LOOPS
      const isLast = spent + (isTooShort ? took * GROWTH : took) > budgetMs
      if (!isTooShort || (isLast && samples === 0)) {
        best = Math.min(best, Math.max(took, TICK_MS) / loops)
        samples++
      }
      if (isLast) break
      await pause()
      started = elapsed()
      if (!isTooShort) continue
      if (rows === count) loops *= GROWTH
      else {
        rows = Math.min(count, rows * GROWTH)
        index.dispose()
        index = open(rows)
      }
    }
  } finally {
    index.dispose()
  }
  return { ms: (best * count) / rows, rows }
}

/** How many rows make a first scan that is short everywhere. */
export function shortScan({ count, dim }: VectorMatrix): number {
  return Math.min(count, Math.ceil(FIRST_PRODUCTS / dim))
}

/** The first rows of a matrix, where they are. */
export function firstRowsOf(matrix: VectorMatrix, rows: number): VectorMatrix {
  if (rows === matrix.count) return matrix
  const { dim, vectors, scales, memory } = matrix
  return { count: rows, dim, vectors: vectors.subarray(0, rows * dim), scales: scales.subarray(0, rows), ...(memory && { memory }) }
}

/** An item's own vector, as queries are made of: how often the best list changes depends on what is asked for. */
function typicalQuery({ count, dim, vectors, scales }: VectorMatrix): Float32Array {
  const row = count >> 1
  return Float32Array.from(vectors.subarray(row * dim, (row + 1) * dim), (value) => value * scales[row]!)
}

/**
 * Whether the clock can tell milliseconds apart: browsers that resist fingerprinting tick at 16.7 or 100 ms, and what cannot be measured
 * there could not be cut into slices either. Costs a few pauses and no work.
 */
export async function hasFineClock({ elapsed, pause }: Clock): Promise<boolean> {
  // Ten timeouts in a row: the first few come within the same millisecond, the others 4 ms apart (HTML standard, "timer initialisation").
  const readings = new Set<number>()
  for (let reading = 0; reading < 10; reading++) {
    await pause()
    readings.add(elapsed())
  }
  return readings.size >= 4
}
