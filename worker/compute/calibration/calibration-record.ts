import type { Calibration } from '../../../src/shared/status'
import type { VectorMatrix } from '../vector-index'

/** Browsers and drivers change beneath their version numbers too. */
const MAX_AGE_MS = 28 * 86_400_000
/** A catalog this many times larger or smaller is another one; costs grow with the items, so within it the order of backends holds. */
const SAME_SIZE = 2

/** A calibration and what it holds for. */
export type CalibrationRecord = {
  /** Engine, browser and cores. */
  readonly device: string
  /** What the GPU said of itself; absent where nobody had to ask. */
  readonly adapter?: string
  readonly calibration: Calibration
}

/** Where a record is kept. */
export type CalibrationPlace = { read(): Promise<unknown>; write(value: CalibrationRecord): Promise<void> }

/** What was kept, checked field by field; `undefined` where it is anything else than a record. */
export function readRecord(value: unknown): CalibrationRecord | undefined {
  if (!isObject(value) || typeof value.device !== 'string' || !isObject(value.calibration)) return undefined
  const { device, adapter, calibration } = value
  const { items, dim, measuredAt, rows } = calibration
  if (adapter !== undefined && typeof adapter !== 'string') return undefined
  if (!isCount(items) || !isCount(dim) || !Number.isFinite(measuredAt) || !Array.isArray(rows) || !rows.every(isRow)) return undefined
  return {
    device,
    ...(adapter !== undefined && { adapter }),
    calibration: { items, dim, measuredAt: Number(measuredAt), rows },
  }
}

/** Whether a record holds for this matrix on this device now. Whether the GPU is still the same one is the caller's to ask. */
export function isCurrent({ device, calibration }: CalibrationRecord, matrix: VectorMatrix, today: string, now: number): boolean {
  const { items, dim, measuredAt } = calibration
  const ratio = matrix.count / items
  const age = now - measuredAt
  return device === today && dim === matrix.dim && ratio <= SAME_SIZE && ratio >= 1 / SAME_SIZE && age >= 0 && age < MAX_AGE_MS
}

type Row = Calibration['rows'][number]

function isRow(value: unknown): value is Row {
  if (!isObject(value)) return false
  const { backend, ms, note } = value
  const isMeasured = typeof ms === 'number' && Number.isFinite(ms) && ms >= 0
  return (
    (backend === 'webgpu' || backend === 'wasm' || backend === 'js') &&
    (ms === undefined || isMeasured) &&
    (note === undefined || typeof note === 'string')
  )
}

function isCount(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) > 0
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
