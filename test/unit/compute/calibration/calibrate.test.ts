import { describe, expect, test } from 'vitest'
import { SottoError } from '../../../../src/shared/errors'
import { type CalibrateOptions, calibrate, type GpuEntrant } from '../../../../worker/compute/calibration/calibrate'
import type { VectorMatrix } from '../../../../worker/compute/vector-index'
import { FakeClock } from '../../../support/compute-fake-clock'
import { type FakeIndex, fakeIndex } from '../../../support/compute-fake-index'

/** 16 values a row: few to compute for real, so that the fake clock says what a scan costs. */
const MATRIX: VectorMatrix = { count: 30_000, dim: 16, vectors: new Int8Array(480_000), scales: new Float32Array(30_000).fill(1) }

/** What a whole scan costs on each backend, in milliseconds. */
function world({ wasmMs, jsMs = 20, gpuMs = 2, ...more }: { wasmMs: number; jsMs?: number; gpuMs?: number } & Partial<CalibrateOptions>) {
  const clock = new FakeClock()
  const opened: FakeIndex[] = []
  const entered: string[] = []
  const make = (backend: 'wasm' | 'js' | 'webgpu', matrix: VectorMatrix, ms: number) => {
    const index = fakeIndex(backend, matrix, { onScan: () => clock.spend((ms * matrix.count) / MATRIX.count) })
    opened.push(index)
    return index
  }
  const gpu = async (): Promise<GpuEntrant> => {
    entered.push('gpu')
    return { name: 'nvidia', open: async () => make('webgpu', MATRIX, gpuMs) }
  }
  const openWasm = (matrix: VectorMatrix) => make('wasm', matrix, wasmMs)
  const openJs = (matrix: VectorMatrix) => make('js', matrix, jsMs)
  const options: CalibrateOptions = { matrix: MATRIX, openWasm, openJs, gpu, steps: [], clock, now: () => 77, ...more }
  return { run: () => calibrate(options), clock, opened, entered }
}

describe('calibrate', () => {
  test('rows stand fastest first, with the catalog they were measured on', async () => {
    const { run } = world({ wasmMs: 3 })
    const { calibration, adapter, webGpu } = await run()
    expect(calibration).toMatchObject({ items: 30_000, dim: 16, measuredAt: 77 })
    expect(calibration.rows.map(({ backend, ms }) => [backend, ms && Math.round(ms)])).toEqual([
      ['wasm', 3],
      ['js', 20],
      ['webgpu', undefined],
    ])
    expect([adapter, webGpu]).toEqual([undefined, undefined])
  })

  test('a GPU is not even asked for where the CPU is fast', async () => {
    const { run, entered } = world({ wasmMs: 1 })
    const { calibration } = await run()
    expect(entered).toEqual([])
    expect(calibration.rows.at(-1)).toEqual({
      backend: 'webgpu',
      note: 'not tried: the CPU answers within the 4 ms or so that a GPU needs to be asked at all',
    })
  })

  describe('where the CPU is slow', () => {
    const slow = (more: Partial<CalibrateOptions> = {}) => world({ wasmMs: 12, ...more })

    test('the GPU is measured as it is, and stays open for whoever wants it', async () => {
      const { run, opened } = slow()
      const { calibration, adapter, webGpu } = await run()
      expect(calibration.rows[0]).toMatchObject({ backend: 'webgpu' })
      expect(calibration.rows[0]!.ms).toBeCloseTo(2, 0)
      expect(adapter).toBe('nvidia')
      expect(opened.find(({ backend }) => backend === 'webgpu')!.disposals).toBe(0)
      expect(webGpu?.backend).toBe('webgpu')
    })

    test.each<[string, GpuEntrant, string]>([
      ['none', { name: 'none', note: 'this browser has no WebGPU' }, 'this browser has no WebGPU'],
      ['the CPU in disguise', { name: 'swiftshader', note: 'computes on the CPU' }, 'computes on the CPU'],
      [
        'one that cannot take the catalog',
        { name: 'nvidia', open: () => Promise.reject(new SottoError('compute-failed', 'out of memory')) },
        'out of memory',
      ],
    ])('a GPU that is %s gets a row that says so', async (_, entrant, note) => {
      const { run } = slow({ gpu: async () => entrant })
      const { calibration, adapter, webGpu } = await run()
      expect(calibration.rows.at(-1)).toEqual({ backend: 'webgpu', note })
      expect([adapter, webGpu]).toEqual([entrant.name, undefined])
    })

    test('one that is lost while it is measured gets a row that says so, and is handed over to be freed', async () => {
      const lost = fakeIndex('webgpu', MATRIX)
      lost.fail()
      const { run } = slow({ gpu: async () => ({ name: 'nvidia', open: async () => lost }) })
      const { calibration, webGpu } = await run()
      expect(calibration.rows.at(-1)).toEqual({ backend: 'webgpu', note: 'the device was lost' })
      expect(webGpu).toBe(lost)
    })

    test('one that failed on this page is not asked again', async () => {
      const { run, entered } = slow({ steps: [{ from: 'webgpu', to: 'wasm', reason: 'the device was lost' }] })
      expect((await run()).calibration.rows.at(-1)).toEqual({ backend: 'webgpu', note: 'the device was lost' })
      expect(entered).toEqual([])
    })
  })

  test('WebAssembly that cannot run, or failed before, gets a row that says so', async () => {
    const refused = () => {
      throw new SottoError('compute-failed', 'no SIMD')
    }
    const { run } = world({ wasmMs: 1, openWasm: refused })
    expect((await run()).calibration.rows).toContainEqual({ backend: 'wasm', note: 'no SIMD' })
    const { run: again, opened } = world({ wasmMs: 1, steps: [{ from: 'wasm', to: 'js', reason: 'trapped' }] })
    expect((await again()).calibration.rows).toContainEqual({ backend: 'wasm', note: 'trapped' })
    expect(opened.filter(({ backend }) => backend === 'wasm')).toEqual([])
  })

  test('times have three digits', async () => {
    const { run } = world({ wasmMs: 3.23456 })
    const times = (await run()).calibration.rows.flatMap(({ ms }) => (ms === undefined ? [] : [ms]))
    expect(times).toEqual(times.map((ms) => Number(ms.toPrecision(3))))
  })

  test('a row says where its time was scaled up', async () => {
    const { run } = world({ wasmMs: 30 })
    const { calibration } = await run()
    const wasm = calibration.rows.find(({ backend }) => backend === 'wasm')!
    expect(wasm.note).toMatch(/^scaled up from \d+ of 30000 items$/)
    expect(wasm.ms! / 30).toBeCloseTo(1, 1)
  })

  test.each([0.1, 1, 4, 10])('all of it is at most 50 ms of work, at %s ms a scan', async (wasmMs) => {
    const { run, clock } = world({ wasmMs, jsMs: 10 * wasmMs, gpuMs: wasmMs })
    await run()
    expect(clock.workMs).toBeGreaterThan(0)
    expect(clock.workMs).toBeLessThanOrEqual(50)
  })

  test('a clock that cannot tell is not believed, and nothing is run', async () => {
    const { run, opened } = world({ wasmMs: 1, clock: new FakeClock(100) })
    const { calibration } = await run()
    expect(calibration.rows.map(({ ms }) => ms)).toEqual([undefined, undefined, undefined])
    expect(calibration.rows[0]!.note).toMatch(/too coarsely/)
    expect(opened).toEqual([])
  })
})
