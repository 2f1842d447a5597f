import { describe, expect, test } from 'vitest'
import { SottoError } from '../../../src/shared/errors'
import type { Calibration } from '../../../src/shared/status'
import type { TuneRequest, Tuning } from '../../../worker/compute/calibration/tune-index'
import { IndexService, type IndexServiceOptions } from '../../../worker/compute/index-service'
import { JsIndex } from '../../../worker/compute/js-index'
import { RefinedIndex } from '../../../worker/compute/refined-index'
import { type FakeIndex, fakeIndex } from '../../support/compute-fake-index'
import { fineMatrix, randomMatrix, randomQueries } from '../../support/reference-top-k'

const SMALL = randomMatrix(40, 8, 1)
const GROWN = randomMatrix(50, 8, 1)
const QUERIES = randomQueries(1, 8, 3)
const CALIBRATION: Calibration = { items: 40, dim: 8, measuredAt: 1, rows: [{ backend: 'js', ms: 1 }] }
const noTune = () => Promise.reject(new Error('the chunk did not load'))

/** A service in a world of fakes; `opened` holds every index that was ever made, in order. */
function serviceWith(parts: Partial<IndexServiceOptions> = {}) {
  const opened: FakeIndex[] = []
  const requests: TuneRequest[] = []
  let changes = 0
  let isIdle = false
  const waiting: (() => void)[] = []
  const keep = (index: FakeIndex) => {
    opened.push(index)
    return index
  }
  const tune = parts.tune ?? noTune
  const service = new IndexService({
    openWasm: (matrix) => keep(fakeIndex('wasm', matrix, { variant: 'relaxed-simd' })),
    openWebGpu: async (matrix) => keep(fakeIndex('webgpu', matrix, { adapter: 'fake gpu' })),
    idle: () => new Promise((resolve) => (isIdle ? resolve() : waiting.push(resolve))),
    onChange: () => changes++,
    refine: async (index, matrix) => new RefinedIndex(index, matrix),
    ...parts,
    tune: (request) => {
      requests.push(request)
      return tune(request)
    },
  })
  return {
    service,
    opened,
    requests,
    changes: () => changes,
    /** Nobody waits for anything: what was put off is done. */
    idle: async () => {
      await Promise.resolve()
      isIdle = true
      for (const resolve of waiting.splice(0)) resolve()
      await service.pending()
      isIdle = false
    },
  }
}

const refuse = (message: string) => () => {
  throw new SottoError('compute-failed', message)
}

describe('at the first request', () => {
  test('nothing ran yet', () => {
    expect(serviceWith().service.status).toEqual({ requested: 'auto', backend: 'none', reason: 'nothing had to be scored yet', steps: [] })
  })

  test('auto is WebAssembly at once, before anything is measured or any promise settled', async () => {
    const { service, opened, requests } = serviceWith()
    const opening = service.indexFor(SMALL)
    expect(opened.map(({ backend }) => backend)).toEqual(['wasm'])
    expect((await opening).backend).toBe('wasm')
    expect(service.status).toEqual({
      requested: 'auto',
      backend: 'wasm',
      variant: 'relaxed-simd',
      reason: 'ready at once, until measured',
      steps: [],
    })
    expect(requests).toEqual([])
  })

  test('auto without WebAssembly is plain JavaScript, and says why', async () => {
    const { service, changes } = serviceWith({ openWasm: refuse('this browser has no WebAssembly') })
    expect((await service.indexFor(SMALL)).backend).toBe('js')
    expect(service.status).toEqual({
      requested: 'auto',
      backend: 'js',
      reason: 'this browser has no WebAssembly',
      steps: [{ from: 'wasm', to: 'js', reason: 'this browser has no WebAssembly' }],
    })
    expect(changes()).toBeGreaterThan(0)
  })

  test.each([
    ['js', 'js', []],
    ['wasm', 'wasm', ['wasm']],
    ['webgpu', 'webgpu', ['wasm', 'webgpu']],
  ] as const)('%s is forced, and nothing is measured', async (choice, backend, made) => {
    const { service, opened, requests, idle } = serviceWith()
    service.configure(choice)
    const index = await service.indexFor(SMALL)
    await service.pending()
    expect(index.backend).toBe(backend)
    expect(service.status).toMatchObject({ requested: choice, backend, reason: 'requested', steps: [] })
    expect(service.status.adapter).toBe(choice === 'webgpu' ? 'fake gpu' : undefined)
    expect(opened.map((index) => index.backend)).toEqual(made)
    await idle()
    expect(requests).toEqual([])
  })

  test('a policy that forbids WebAssembly gets the word that allows it', async () => {
    const { service } = serviceWith({ openWasm: refuse("'unsafe-eval' is not an allowed source of script") })
    await service.indexFor(SMALL)
    expect(service.status.reason).toBe("'unsafe-eval' is not an allowed source of script; allow 'wasm-unsafe-eval'")
  })

  test.each([
    ['no adapter', new SottoError('compute-failed', 'WebGPU has no adapter here')],
    ['a chunk that does not load', new TypeError('Failed to fetch dynamically imported module')],
    ['too little memory', new RangeError('Array buffer allocation failed')],
  ])('webgpu with %s steps down to WebAssembly', async (_, thrown) => {
    const { service } = serviceWith({ openWebGpu: () => Promise.reject(thrown) })
    service.configure('webgpu')
    const index = await service.indexFor(SMALL)
    await service.pending()
    expect(await index.topK(QUERIES, 3)).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
    expect(service.status).toEqual({
      requested: 'webgpu',
      backend: 'wasm',
      variant: 'relaxed-simd',
      reason: thrown.message,
      steps: [{ from: 'webgpu', to: 'wasm', reason: thrown.message }],
    })
  })

  test('webgpu where nothing at all works is plain JavaScript', async () => {
    const { service } = serviceWith({ openWasm: refuse('no SIMD'), openWebGpu: async () => refuse('no adapter')() })
    service.configure('webgpu')
    expect((await service.indexFor(SMALL)).backend).toBe('js')
    await service.pending()
    expect(service.status).toMatchObject({ backend: 'js', reason: 'no adapter' })
    expect(service.status.steps).toEqual([
      { from: 'wasm', to: 'js', reason: 'no SIMD' },
      { from: 'webgpu', to: 'js', reason: 'no adapter' },
    ])
  })

  test('the GPU gets an index that answers what it cannot settle', async () => {
    let below: FakeIndex['backend'] | undefined
    const { service } = serviceWith({
      openWebGpu: async (matrix, lower) => {
        below = lower.backend
        return fakeIndex('webgpu', matrix)
      },
    })
    service.configure('webgpu')
    await service.indexFor(SMALL)
    await service.pending()
    expect(below).toBe('wasm')
  })
})

describe('later on', () => {
  test('a device lost in mid-request moves this request, and every later catalog, one step down', async () => {
    const { service, opened, changes } = serviceWith()
    service.configure('webgpu')
    const index = await service.indexFor(SMALL)
    await service.pending()
    const pending = index.topK(QUERIES, 3)
    const before = changes()
    opened[1]!.fail()
    expect(await pending).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
    const lost = { requested: 'webgpu', backend: 'wasm', reason: 'the device was lost' }
    expect(service.status).toMatchObject({ ...lost, steps: [{ from: 'webgpu', to: 'wasm', reason: 'the device was lost' }] })
    expect(service.status.adapter).toBeUndefined()
    expect(changes()).toBe(before + 1)
    expect((await service.indexFor(GROWN)).backend).toBe('wasm')
    expect(service.status).toMatchObject({ ...lost, steps: [{ from: 'webgpu' }] })
    expect(opened.map(({ backend }) => backend)).toEqual(['wasm', 'webgpu', 'wasm'])
  })

  test('one index a matrix; the one before is given up', async () => {
    const { service, opened } = serviceWith()
    const first = service.indexFor(SMALL)
    expect(service.indexFor(SMALL)).toBe(first)
    const grown = await service.indexFor(GROWN)
    expect(grown.count).toBe(50)
    expect(opened.map(({ disposals }) => disposals)).toEqual([1, 0])
    expect(await (await first).topK(QUERIES, 3)).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
  })

  test('WebAssembly answers until the GPU that was asked for is ready', async () => {
    let finish = () => {}
    const { service, changes } = serviceWith({
      openWebGpu: (matrix) => new Promise((resolve) => (finish = () => resolve(fakeIndex('webgpu', matrix)))),
    })
    service.configure('webgpu')
    const index = await service.indexFor(SMALL)
    expect(await index.topK(QUERIES, 3)).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
    expect(service.status).toMatchObject({ backend: 'wasm', reason: 'until webgpu is ready', steps: [] })
    const before = changes()
    finish()
    await service.pending()
    expect([index.backend, changes()]).toEqual(['webgpu', before + 1])
    expect(service.status).toMatchObject({ backend: 'webgpu', reason: 'requested' })
  })

  test('a GPU that is ready when its catalog is gone is freed, and only the latest one is opened next', async () => {
    const late = fakeIndex('webgpu', SMALL)
    const asked: number[] = []
    let finish = () => {}
    const { service } = serviceWith({
      openWebGpu: async (matrix) => {
        asked.push(matrix.count)
        if (matrix !== SMALL) return fakeIndex('webgpu', matrix)
        await new Promise<void>((resolve) => (finish = resolve))
        return late
      },
    })
    service.configure('webgpu')
    await service.indexFor(SMALL)
    const between = await service.indexFor(randomMatrix(45, 8, 1))
    const grown = await service.indexFor(GROWN)
    expect(service.status).toMatchObject({ backend: 'wasm', reason: 'until webgpu is ready' })
    finish()
    await service.pending()
    expect([late.disposals, between.backend, grown.backend, asked]).toEqual([1, 'wasm', 'webgpu', [40, 50]])
  })
})

describe('auto, when there is time', () => {
  const say = (tuning: Omit<Tuning, 'calibration'>) => async () => ({ calibration: CALIBRATION, ...tuning })

  test('stays where it is, with figures', async () => {
    const { service, idle, requests, changes, opened } = serviceWith({ tune: say({ backend: 'wasm', reason: 'measured' }) })
    const index = await service.indexFor(SMALL)
    const before = changes()
    await idle()
    expect(service.status).toMatchObject({ backend: 'wasm', reason: 'measured', calibration: CALIBRATION, steps: [] })
    expect([index.backend, requests.length, changes(), opened.length]).toEqual(['wasm', 1, before + 1, 1])
  })

  test('moves to plain JavaScript; who holds the index notices nothing', async () => {
    const { service, idle, opened } = serviceWith({ tune: say({ backend: 'js', reason: 'measured' }) })
    const index = await service.indexFor(SMALL)
    await idle()
    expect([index.backend, opened[0]!.disposals]).toEqual(['js', 1])
    expect(service.status).toMatchObject({ backend: 'js', reason: 'measured', steps: [] })
    expect(await index.topK(QUERIES, 3)).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
  })

  test('moves to the GPU, and back when that is lost', async () => {
    const webGpu = fakeIndex('webgpu', SMALL, { adapter: 'nvidia' })
    const { service, idle, opened } = serviceWith({ tune: say({ backend: 'webgpu', reason: 'measured', webGpu }) })
    const index = await service.indexFor(SMALL)
    await idle()
    expect(service.status).toMatchObject({ backend: 'webgpu', adapter: 'nvidia', reason: 'measured' })
    webGpu.fail()
    expect(await index.topK(QUERIES, 3)).toEqual(await new JsIndex(SMALL).topK(QUERIES, 3))
    expect(service.status).toMatchObject({ backend: 'wasm', reason: 'the device was lost', calibration: CALIBRATION })
    expect(opened[0]!.calls).toBe(1)
  })

  test('a catalog that grew meanwhile is tuned itself, and the GPU of the old one freed', async () => {
    const webGpu = fakeIndex('webgpu', SMALL)
    let finish = () => {}
    const { service, idle, requests } = serviceWith({
      tune: ({ matrix }) =>
        matrix === SMALL
          ? new Promise((resolve) => (finish = () => resolve({ calibration: CALIBRATION, backend: 'webgpu', reason: 'old', webGpu })))
          : say({ backend: 'wasm', reason: 'new' })(),
    })
    await service.indexFor(SMALL)
    const tuned = idle()
    await expect.poll(() => requests.length).toBe(1)
    const grown = await service.indexFor(GROWN)
    finish()
    await tuned.then(idle)
    expect([webGpu.disposals, grown.backend, service.status.reason]).toEqual([1, 'wasm', 'new'])
    expect(requests.map(({ matrix }) => matrix.count)).toEqual([40, 50])
  })

  test('what was found out about a catalog that is gone is not said of the next one', async () => {
    let finish = () => {}
    const { service, idle, requests } = serviceWith({
      tune: ({ matrix }) =>
        new Promise((resolve) => {
          if (matrix === SMALL) finish = () => resolve({ calibration: CALIBRATION, backend: 'js', reason: 'old' })
        }),
    })
    await service.indexFor(SMALL)
    const tuned = idle()
    await expect.poll(() => requests.length).toBe(1)
    await service.indexFor(GROWN)
    finish()
    await tuned
    expect(service.status).toMatchObject({ backend: 'wasm', reason: 'ready at once, until measured', calibration: CALIBRATION })
  })

  test('a catalog that is gone before its turn is not measured', async () => {
    const { service, idle, requests } = serviceWith({ tune: say({ backend: 'wasm', reason: 'measured' }) })
    await service.indexFor(SMALL)
    await service.indexFor(GROWN)
    await idle()
    expect(requests.map(({ matrix }) => matrix.count)).toEqual([50])
  })

  test('measuring that fails is seen, and scoring goes on', async () => {
    const { service, idle } = serviceWith()
    const index = await service.indexFor(SMALL)
    await idle()
    expect(service.status).toMatchObject({
      backend: 'wasm',
      reason: 'ready at once, until measured; measuring failed: the chunk did not load',
    })
    expect(await index.topK(QUERIES, 3)).toHaveLength(1)
  })

  test('what failed over a catalog that is gone is not said of the next one', async () => {
    let fail = () => {}
    const { service, idle, requests } = serviceWith({
      tune: () => new Promise((_, reject) => (fail = () => reject(new Error('the chunk did not load')))),
    })
    await service.indexFor(SMALL)
    const tuned = idle()
    await expect.poll(() => requests.length).toBe(1)
    await service.indexFor(GROWN)
    fail()
    await tuned
    expect(service.status.reason).toBe('ready at once, until measured')
  })

  test('an empty catalog has nothing to measure', async () => {
    const { service, idle, requests } = serviceWith()
    await service.indexFor({ count: 0, dim: 8, vectors: new Int8Array(0), scales: new Float32Array(0) })
    await idle()
    expect(requests).toEqual([])
  })

  test('what failed on this page is told to whoever measures', async () => {
    const { service, idle, requests } = serviceWith({ openWasm: refuse('no SIMD') })
    await service.indexFor(SMALL)
    await idle()
    expect(requests[0]!.steps).toEqual([{ from: 'wasm', to: 'js', reason: 'no SIMD' }])
  })
})

describe('rows with residuals', () => {
  const FINE = fineMatrix(300, 8, 1)

  test('are ranked by them, whoever proposes and whatever happens to it, and the status names who does', async () => {
    const { service, opened } = serviceWith()
    const index = await service.indexFor(FINE)
    const expected = await new RefinedIndex(new JsIndex(FINE), FINE).topK(QUERIES, 5)
    expect(expected).not.toEqual(await new JsIndex(FINE).topK(QUERIES, 5))
    expect(await index.topK(QUERIES, 5)).toEqual(expected)
    expect(index.backend).toBe('wasm')
    expect(service.status).toMatchObject({ backend: 'wasm', variant: 'relaxed-simd', reason: 'ready at once, until measured', steps: [] })
    opened[0]!.fail()
    expect(await index.topK(QUERIES, 5)).toEqual(expected)
    expect(index.backend).toBe('js')
    expect(service.status).toMatchObject({ backend: 'js', steps: [{ from: 'wasm', to: 'js' }] })
    expect(opened[0]!.disposals).toBe(1)
  })

  test('are ranked by int8 alone where the code does not load, and the status says so', async () => {
    const { service } = serviceWith({ refine: () => Promise.reject(new Error('the chunk did not load')) })
    const index = await service.indexFor(FINE)
    expect(await index.topK(QUERIES, 5)).toEqual(await new JsIndex(FINE).topK(QUERIES, 5))
    expect(service.status.reason).toBe('int8 alone: the chunk did not load')
    await service.indexFor(SMALL)
    expect(service.status.reason).toBe('ready at once, until measured')
  })

  test('and nothing is loaded for rows without', async () => {
    const { service } = serviceWith({ refine: () => Promise.reject(new Error('asked for')) })
    await service.indexFor(SMALL)
    expect(service.status.reason).toBe('ready at once, until measured')
  })
})
