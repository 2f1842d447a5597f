import { afterEach, describe, expect, test } from 'vitest'
import { tuneIndex } from '../../worker/compute/calibration/tune-index'
import { CalibrationMemory } from '../../worker/compute/calibration-memory'
import { JsIndex } from '../../worker/compute/js-index'
import { allocateMatrix } from '../../worker/compute/matrix-memory'
import type { VectorMatrix } from '../../worker/compute/vector-index'
import { catalogDatabase } from '../../worker/store/catalog-schema'
import { CatalogStore } from '../../worker/store/catalog-store'
import { createWasmIndex } from '../support/create-wasm-index'
import { seededRandom } from '../support/reference-top-k'

const NAMESPACE = 'calibration'
const store = new CatalogStore(NAMESPACE)
afterEach(() => store.wipe())

const databaseNames = async () => (await indexedDB.databases()).map(({ name }) => name)

/** Rows in WebAssembly's memory, as a catalog has them. */
function matrixOf(count: number, dim: number): VectorMatrix {
  const storage = allocateMatrix(count, dim)
  const random = seededRandom(7)
  for (let at = 0; at < count * dim; at++) storage.vectors[at] = Math.floor(random() * 255) - 127
  storage.scales.fill(1 / 1000)
  return { count, dim, ...storage }
}

function parts(place: CatalogStore | undefined) {
  const slices: number[] = []
  let last = performance.now()
  const pause = async () => {
    slices.push(performance.now() - last)
    await new Promise<void>((resolve) => setTimeout(resolve))
    last = performance.now()
  }
  const clock = { elapsed: () => performance.now(), pause }
  return {
    slices,
    parts: { gpu: navigator.gpu, device: navigator, place: new CalibrationMemory(place), clock, now: () => Date.now() },
  }
}

const noGpu = () => Promise.reject(new Error('a software GPU must not be opened'))

describe('calibration in a real browser', () => {
  test.each([
    [1, 3],
    [1_000, 64],
    [20_000, 128],
    [400_000, 128],
  ])('%s × %s: WebAssembly and plain JavaScript are measured, a software GPU is not', async (count, dim) => {
    const matrix = matrixOf(count, dim)
    const { parts: given, slices } = parts(undefined)
    const { calibration, backend, reason } = await tuneIndex({ matrix, steps: [], openWasm: createWasmIndex, openWebGpu: noGpu }, given)
    // How long it took is for the eye: a busy machine has no say in whether a test passes.
    console.log(
      `${reason}; ${slices.reduce((sum, ms) => sum + ms, 0).toFixed(1)} ms of work, longest slice ${Math.max(...slices).toFixed(1)} ms`,
    )
    expect(calibration).toMatchObject({ items: count, dim })
    expect(['wasm', 'js']).toContain(backend)
    for (const measured of ['wasm', 'js']) expect(calibration.rows.find((row) => row.backend === measured)!.ms).toBeGreaterThan(0)
    expect(calibration.rows.at(-1)).toMatchObject({ backend: 'webgpu', note: expect.stringMatching(/./) })
    // Measuring leaves the matrix as it was, and an index over it right.
    const query = Float32Array.from({ length: dim }, (_, at) => Math.sin(at))
    const k = Math.min(20, count)
    expect(await createWasmIndex(matrix).topK(query, k)).toEqual(await new JsIndex(matrix).topK(query, k))
  })

  test('is kept in the catalog’s database as it is, and found there by the next page', async () => {
    const matrix = matrixOf(1_000, 64)
    const request = { matrix, steps: [], openWasm: createWasmIndex, openWebGpu: noGpu }
    const first = await tuneIndex(request, parts(store).parts)
    const { parts: later, slices } = parts(store)
    expect(await tuneIndex(request, later)).toEqual(first)
    expect(slices).toEqual([])
  })
})

describe('the store of a calibration', () => {
  test('reading creates nothing', async () => {
    expect(await store.calibration()).toBeUndefined()
    expect(await databaseNames()).not.toContain(catalogDatabase(NAMESPACE))
  })

  test('the database stays of version 1, so that an older Sotto opens it, and its other numbers are as they were', async () => {
    await store.setCheckedAt(77)
    await store.setCalibration({ any: ['thing'] })
    expect(await store.calibration()).toEqual({ any: ['thing'] })
    const databases = await indexedDB.databases()
    expect(databases.find(({ name }) => name === catalogDatabase(NAMESPACE))!.version).toBe(1)
    await store.close()
    const raw = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open(catalogDatabase(NAMESPACE), 1)
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error)
    })
    const checkedAt = await new Promise((resolve) => {
      const reading = raw.transaction('numbers').objectStore('numbers').get('checkedAt')
      reading.onsuccess = () => resolve(reading.result)
    })
    raw.close()
    expect(checkedAt).toBe(77)
  })

  test('it goes with the database', async () => {
    await store.setCalibration({ any: ['thing'] })
    await store.wipe()
    expect(await store.calibration()).toBeUndefined()
    expect(await databaseNames()).not.toContain(catalogDatabase(NAMESPACE))
  })
})
