import { describe, expect, test } from 'vitest'
import { VERSION } from '../../../../src/shared/version'
import type { CalibrationRecord } from '../../../../worker/compute/calibration/calibration-record'
import { type TuneParts, type TuneRequest, tuneIndex } from '../../../../worker/compute/calibration/tune-index'
import { CalibrationMemory } from '../../../../worker/compute/calibration-memory'
import type { VectorMatrix } from '../../../../worker/compute/vector-index'
import { FakeClock } from '../../../support/compute-fake-clock'
import { type FakeIndex, fakeIndex } from '../../../support/compute-fake-index'

const MATRIX: VectorMatrix = { count: 30_000, dim: 16, vectors: new Int8Array(480_000), scales: new Float32Array(30_000).fill(1) }
const DEVICE = { userAgent: 'browser 1', hardwareConcurrency: 4 }
const TODAY = `${VERSION}, 4 cores, browser 1`
const NOW = 5e11

/** A GPU that hands out an adapter of this name, or none. */
function fakeGpu(name?: string): GPU {
  const info = { vendor: name, architecture: '', device: '', description: '', isFallbackAdapter: false }
  // A fake of the two members that are read.
  return { requestAdapter: async () => (name ? { info } : null) } as unknown as GPU
}

/** A device whose CPU is slow: WebAssembly takes 12 ms a query and plain JavaScript longer, so that its GPU is asked for. */
function device(
  { gpu = fakeGpu('nvidia'), gpuMs = 2, kept }: { gpu?: GPU; gpuMs?: number; kept?: unknown } = {},
  more: Partial<TuneRequest> = {},
) {
  const clock = new FakeClock()
  const opened: FakeIndex[] = []
  const disk: { value: unknown; writes: number } = { value: kept, writes: 0 }
  const place = new CalibrationMemory({
    calibration: async () => disk.value,
    setCalibration: async (value) => {
      disk.value = structuredClone(value)
      disk.writes++
    },
  })
  const make = (backend: 'wasm' | 'webgpu', matrix: VectorMatrix, ms: number) => {
    const index = fakeIndex(backend, matrix, { onScan: () => clock.spend((ms * matrix.count) / MATRIX.count) })
    opened.push(index)
    return index
  }
  const request: TuneRequest = {
    matrix: MATRIX,
    steps: [],
    openWasm: (matrix) => make('wasm', matrix, 12),
    openWebGpu: async () => make('webgpu', MATRIX, gpuMs),
    ...more,
  }
  // What plain JavaScript costs is not this clock's to say: nothing moves it while that runs. Reading it does, a little.
  let readings = 0
  const ticking = { elapsed: () => clock.elapsed() + 2.5 * readings++, pause: clock.pause }
  const parts: TuneParts = { gpu, device: DEVICE, place, clock: ticking, now: () => NOW }
  return { run: () => tuneIndex(request, parts), opened, disk }
}

const record = (rows: CalibrationRecord['calibration']['rows'], more: Partial<CalibrationRecord> = {}): CalibrationRecord => ({
  device: TODAY,
  calibration: { items: 30_000, dim: 16, measuredAt: NOW - 1000, rows },
  ...more,
})
const WASM_WON = [
  { backend: 'wasm', ms: 1 },
  { backend: 'js', ms: 9 },
] as const
const GPU_WON = [{ backend: 'webgpu', ms: 2 }, ...WASM_WON.map((row) => ({ ...row, ms: row.ms * 10 }))] as const

describe('with nothing kept', () => {
  test('measures, and keeps the outcome with what it holds for', async () => {
    const { run, disk } = device()
    const { calibration } = await run()
    expect(calibration).toMatchObject({ items: 30_000, dim: 16, measuredAt: NOW })
    expect(calibration.rows.map(({ backend }) => backend).sort()).toEqual(['js', 'wasm', 'webgpu'])
    expect(disk.value).toMatchObject({ device: TODAY, calibration })
  })

  test('a GPU that won is handed over', async () => {
    const { run, opened } = device({ gpuMs: 2 })
    const { backend, webGpu } = await run()
    expect([backend, webGpu]).toEqual(['webgpu', opened.find((index) => index.backend === 'webgpu')])
    expect(opened.map((index) => index.disposals)).toEqual(opened.map((index) => (index === webGpu ? 0 : 1)))
  })

  test('a GPU that lost is freed', async () => {
    const { run, opened } = device({ gpuMs: 40 })
    expect(await run()).not.toHaveProperty('webGpu')
    expect(opened.filter((index) => index.backend === 'webgpu').map(({ disposals }) => disposals)).toEqual([1])
  })

  test('the CPU in disguise is not opened, and its row says so', async () => {
    const { run, opened } = device({ gpu: fakeGpu('google swiftshader') })
    const { calibration } = await run()
    expect(calibration.rows.at(-1)).toEqual({ backend: 'webgpu', note: 'google swiftshader computes on the CPU' })
    expect(opened.some((index) => index.backend === 'webgpu')).toBe(false)
  })

  test('a disk that fails only means that a later page measures again', async () => {
    const refuse = () => Promise.reject(new Error('disk'))
    const place = new CalibrationMemory({ calibration: refuse, setCalibration: refuse })
    const clock = new FakeClock(100)
    const request = { matrix: MATRIX, steps: [], openWasm: () => fakeIndex('wasm', MATRIX), openWebGpu: refuse }
    expect(await tuneIndex(request, { gpu: undefined, device: DEVICE, place, clock, now: () => NOW })).toMatchObject({ backend: 'wasm' })
  })
})

describe('with a record', () => {
  test('that holds, nothing is measured and nothing written', async () => {
    const { run, opened, disk } = device({ kept: record(WASM_WON) })
    expect(await run()).toEqual({
      calibration: record(WASM_WON).calibration,
      backend: 'wasm',
      reason: 'one query over 30000 × 16: wasm 1 ms, js 9 ms',
    })
    expect([opened.length, disk.writes]).toEqual([0, 0])
  })

  test('in which this very GPU won, it is opened and not measured', async () => {
    const { run, opened, disk } = device({ kept: record(GPU_WON, { adapter: 'nvidia' }) })
    const { backend, webGpu } = await run()
    expect([backend, webGpu === opened[0], opened.length, disk.writes]).toEqual(['webgpu', true, 1, 0])
    expect(opened[0]!.calls).toBe(0)
  })

  test.each<[string, CalibrationRecord, GPU]>([
    ['of another GPU', record(WASM_WON, { adapter: 'amd' }), fakeGpu('nvidia')],
    ['of a GPU that is gone', record(WASM_WON, { adapter: 'amd' }), fakeGpu()],
    ['of no GPU, and now there is one', record(WASM_WON, { adapter: 'none' }), fakeGpu('nvidia')],
    ['of another version, browser or machine', record(WASM_WON, { device: '0.0.1, 4 cores, browser 1' }), fakeGpu('nvidia')],
  ])('%s, everything is measured again', async (_, kept, gpu) => {
    const { run, disk } = device({ kept, gpu })
    expect((await run()).calibration.measuredAt).toBe(NOW)
    expect(disk.writes).toBe(1)
  })

  test('in which a GPU won that no longer works, everything is measured again, and the GPU’s row says why', async () => {
    const openWebGpu = () => Promise.reject(new Error('the GPU gives no device'))
    const { run } = device({ kept: record(GPU_WON, { adapter: 'nvidia' }) }, { openWebGpu })
    const { backend, calibration } = await run()
    expect(backend).not.toBe('webgpu')
    expect(calibration.measuredAt).toBe(NOW)
    expect(calibration.rows.find((row) => row.backend === 'webgpu')!.ms).toBeUndefined()
  })

  test('in which what won has failed on this page, the next one answers', async () => {
    const steps = [{ from: 'webgpu', to: 'wasm', reason: 'lost' }] as const
    const { run, opened } = device({ kept: record(GPU_WON, { adapter: 'nvidia' }) }, { steps })
    expect(await run()).toMatchObject({ backend: 'wasm' })
    expect(opened).toEqual([])
  })
})

describe('what a page remembers', () => {
  test('is read back without a disk, and never written where the disk may not be used', async () => {
    const memory = new CalibrationMemory(undefined)
    expect(await memory.read()).toBeUndefined()
    await memory.write(record(WASM_WON))
    expect(await memory.read()).toEqual(record(WASM_WON))
  })

  test('goes with the disk', async () => {
    const memory = new CalibrationMemory(undefined)
    await memory.write(record(WASM_WON))
    await memory.setDisk(undefined)
    expect(await memory.read()).toBeUndefined()
  })

  test('leaving the disk waits for what is being written, and nothing is written afterwards', async () => {
    let finish = () => {}
    let writes = 0
    const memory = new CalibrationMemory({
      calibration: async () => undefined,
      setCalibration: () => {
        writes++
        return new Promise((resolve) => {
          finish = resolve
        })
      },
    })
    const writing = memory.write(1)
    const order: string[] = []
    const leaving = memory.setDisk(undefined).then(() => order.push('left'))
    await Promise.resolve()
    expect(order).toEqual([])
    finish()
    await Promise.all([writing, leaving])
    await memory.write(2)
    expect([order, writes]).toEqual([['left'], 1])
  })
})
