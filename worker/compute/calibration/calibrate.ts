import type { Backend, Calibration, StepDown } from '../../../src/shared/status'
import { messageOf, type ScoringIndex } from '../stepping-index'
import type { VectorIndex, VectorMatrix } from '../vector-index'
import { type Clock, firstRowsOf, hasFineClock, shortScan, timeQuery } from './time-query'

/** Work of a whole calibration. What the GPU's code and vectors take to load is not in it: that happens only where it may well pay. */
const WORK_MS = 50
const WORK_MS_EACH = WORK_MS / 3
/**
 * A CPU that answers faster than this keeps the work: handing a dispatch to the GPU's process and mapping its answer back takes a few
 * milliseconds however little there is to compute.
 */
const WORTH_A_GPU_MS = 4

/** What the GPU says of itself, and how to have its index; or why it may not take part. */
export type GpuEntrant = { readonly name: string } & ({ readonly open: () => Promise<ScoringIndex> } | { readonly note: string })

export type CalibrateOptions = {
  /** The visitor's own catalog; at least one row. */
  readonly matrix: VectorMatrix
  readonly openWasm: (matrix: VectorMatrix) => VectorIndex
  readonly openJs: (matrix: VectorMatrix) => VectorIndex
  /** Asked only where a GPU could win. */
  readonly gpu: () => Promise<GpuEntrant>
  /** What failed on this page is not tried again. */
  readonly steps: readonly StepDown<Backend>[]
  readonly clock: Clock
  /** Milliseconds since 1970. */
  readonly now: () => number
}

type CalibrationOutcome = {
  readonly calibration: Calibration
  /** What the GPU said of itself; absent where nobody had to ask. */
  readonly adapter?: string
  /** The GPU's index, where it was measured; the caller's from here on. */
  readonly webGpu?: ScoringIndex
}

type Row = Calibration['rows'][number]

/**
 * Measures what one query costs on each backend that can run here, in at most 50 ms of work cut into slices of a few. What fails gets a row
 * with a note instead of a time; never rejects.
 */
export async function calibrate({ matrix, openWasm, openJs, gpu, steps, clock, now }: CalibrateOptions): Promise<CalibrationOutcome> {
  const { count, dim } = matrix
  const asCalibration = (rows: readonly Row[]): Calibration => ({ items: count, dim, measuredAt: now(), rows: [...rows].sort(byTime) })
  if (!(await hasFineClock(clock))) {
    const note = 'this browser tells the time too coarsely to measure'
    return { calibration: asCalibration((['wasm', 'js', 'webgpu'] as const).map((backend) => ({ backend, note }))) }
  }

  const measure = async (backend: Row['backend'], open: (part: VectorMatrix) => VectorIndex, firstRows: number): Promise<Row> => {
    try {
      const openRows = (rows: number) => open(firstRowsOf(matrix, rows))
      const { ms, rows } = await timeQuery(matrix, openRows, firstRows, WORK_MS_EACH, clock)
      return { backend, ms: Number(ms.toPrecision(3)), ...(rows < count && { note: `scaled up from ${rows} of ${count} items` }) }
    } catch (thrown) {
      return { backend, note: messageOf(thrown) }
    }
  }

  const failure = (backend: Backend) => steps.find(({ from }) => from === backend)?.reason
  const noWasm = failure('wasm')
  const rows: Row[] = [
    noWasm === undefined ? await measure('wasm', openWasm, shortScan(matrix)) : { backend: 'wasm', note: noWasm },
    await measure('js', openJs, shortScan(matrix)),
  ]
  const withGpu = (row: Omit<Row, 'backend'>, more: Omit<CalibrationOutcome, 'calibration'> = {}): CalibrationOutcome => ({
    calibration: asCalibration([...rows, { backend: 'webgpu', ...row }]),
    ...more,
  })
  const cpuMs = Math.min(...rows.map(({ ms = Number.POSITIVE_INFINITY }) => ms))
  if (cpuMs < WORTH_A_GPU_MS)
    return withGpu({ note: `not tried: the CPU answers within the ${WORTH_A_GPU_MS} ms or so that a GPU needs to be asked at all` })
  const noGpu = failure('webgpu')
  if (noGpu !== undefined) return withGpu({ note: noGpu })
  const entrant = await gpu()
  const adapter = entrant.name
  if ('note' in entrant) return withGpu({ note: entrant.note }, { adapter })
  let webGpu: ScoringIndex
  try {
    webGpu = await entrant.open()
  } catch (thrown) {
    return withGpu({ note: messageOf(thrown) }, { adapter })
  }
  // Measured as it is, and kept: its vectors are on the device already.
  const { backend, ...row } = await measure('webgpu', () => borrowed(webGpu), count)
  return withGpu(row, { adapter, webGpu })
}

/** The same index, which whoever measures it does not dispose. */
function borrowed(index: VectorIndex): VectorIndex {
  const { backend, count, dim } = index
  return {
    backend,
    count,
    dim,
    topK: (queries, k, excluded) => index.topK(queries, k, excluded),
    scoreRows: (query, rows, out) => index.scoreRows(query, rows, out),
    dispose() {
      // Its owner's to free.
    },
  }
}

/** Fastest first; what was not measured comes last. */
function byTime({ ms: a = Number.MAX_VALUE }: Row, { ms: b = Number.MAX_VALUE }: Row): number {
  return a - b
}
