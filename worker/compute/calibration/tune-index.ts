import type { Backend, Calibration, StepDown } from '../../../src/shared/status'
import { VERSION } from '../../../src/shared/version'
import { describeAdapter, isSoftware, probeAdapter } from '../adapter'
import { JsIndex } from '../js-index'
import type { ScoringIndex } from '../stepping-index'
import type { VectorMatrix } from '../vector-index'
import { calibrate, type GpuEntrant } from './calibrate'
import { type CalibrationPlace, type CalibrationRecord, isCurrent, readRecord } from './calibration-record'
import { fastest } from './fastest'
import type { Clock } from './time-query'

/** What the index service asks. */
export type TuneRequest = {
  /** At least one row. */
  readonly matrix: VectorMatrix
  /** Backends that failed on this page take no part. */
  readonly steps: readonly StepDown<Backend>[]
  readonly openWasm: (matrix: VectorMatrix) => ScoringIndex
  /** Over this very matrix. */
  readonly openWebGpu: () => Promise<ScoringIndex>
}

/** Who should answer from now on. */
export type Tuning = {
  readonly calibration: Calibration
  readonly backend: Backend
  readonly reason: string
  /** The GPU's index, exactly where `backend` is `webgpu`; the caller's from here on. */
  readonly webGpu?: ScoringIndex
}

/** The world around, passed in. */
export type TuneParts = {
  /** `navigator.gpu`, where the browser has it. */
  readonly gpu: GPU | undefined
  /** `navigator`: results hold for this browser on this machine. */
  readonly device: { readonly userAgent: string; readonly hardwareConcurrency: number }
  readonly place: CalibrationPlace
  readonly clock: Clock
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Says who is fastest over a matrix: from an earlier measurement where it still holds for engine, browser, cores, GPU and size of the
 * catalog, else from a new one, which is kept for later. Rejects for nothing that a device can do.
 */
export async function tuneIndex(request: TuneRequest, parts: TuneParts): Promise<Tuning> {
  const { matrix, steps, openWasm, openWebGpu } = request
  const { gpu, device, place, clock, now } = parts
  const today = `${VERSION}, ${device.hardwareConcurrency} cores, ${device.userAgent}`
  // A disk that cannot be read only costs another measurement; the history's own status names its fault.
  const kept = readRecord(await place.read().catch(() => undefined))
  const isKept = kept && isCurrent(kept, matrix, today, now()) && (kept.adapter === undefined || kept.adapter === (await nameOf(gpu)))
  if (isKept) {
    const choice = fastest(kept.calibration, 'wasm', steps)
    if (choice.backend !== 'webgpu') return { calibration: kept.calibration, ...choice }
    const webGpu = await openWebGpu().catch(() => undefined)
    // It ran here before and no longer does: what was measured is void, and the new measurement says why.
    if (webGpu) return { calibration: kept.calibration, ...choice, webGpu }
  }
  const openJs = (part: VectorMatrix) => new JsIndex(part)
  const entrant = () => enter(gpu, openWebGpu)
  const { calibration, adapter, webGpu } = await calibrate({ matrix, openWasm, openJs, gpu: entrant, steps, clock, now })
  const record: CalibrationRecord = { device: today, ...(adapter !== undefined && { adapter }), calibration }
  await place.write(record).catch(() => {}) // a later page measures again
  const choice = fastest(calibration, 'wasm', steps)
  if (choice.backend === 'webgpu') return { calibration, ...choice, ...(webGpu && { webGpu }) }
  webGpu?.dispose()
  return { calibration, ...choice }
}

/** What a device without a GPU is called. */
const NO_GPU = 'none'

async function nameOf(gpu: GPU | undefined): Promise<string> {
  const adapter = gpu && (await probeAdapter(gpu))
  return adapter ? describeAdapter(adapter) : NO_GPU
}

/** A GPU may take part where it is one. */
async function enter(gpu: GPU | undefined, open: () => Promise<ScoringIndex>): Promise<GpuEntrant> {
  if (!gpu) return { name: NO_GPU, note: 'this browser has no WebGPU' }
  const adapter = await probeAdapter(gpu)
  if (!adapter) return { name: NO_GPU, note: 'WebGPU has no adapter here' }
  const name = describeAdapter(adapter)
  return isSoftware(adapter) ? { name, note: `${name} computes on the CPU` } : { name, open }
}
