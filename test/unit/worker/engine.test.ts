import { expect, it } from 'vitest'
import type { EngineConfig } from '../../../src/shared/contract'
import { GpuService } from '../../../worker/compute/gpu-service'
import { IndexService } from '../../../worker/compute/index-service'
import { JsIndex } from '../../../worker/compute/js-index'
import { TensorService } from '../../../worker/compute/tensors/tensor-service'
import { type EngineParts, LocalEngine } from '../../../worker/engine'
import { CatalogStore } from '../../../worker/store/catalog-store'
import { MemoryHistory } from '../../../worker/store/memory-history'
import type { TabNews } from '../../../worker/tabs'
import { EncoderService } from '../../../worker/text/encoder-service'
import { makeItems } from '../../support/catalog-make'
import { testService } from '../../support/catalog-service'

const CONFIG: EngineConfig = {
  namespace: 'test',
  consent: 'session',
  compute: 'auto',
  catalog: { kind: 'page' },
  maxAgeMs: 1_000,
  maxEvents: 100,
}
const CALIBRATION = { items: 3, dim: 128, measuredAt: 1, rows: [] }

function setUp(parts: Partial<EngineParts> = {}) {
  const options = { ...CONFIG, now: () => 1 }
  const services: IndexService[] = []
  let hear: (news: TabNews) => void = () => {}
  const engine = new LocalEngine({
    historyPlaces: () => ({
      openDisk: async () => new MemoryHistory(options),
      openMemory: () => new MemoryHistory(options),
      alone: (work) => work(),
      wipeDisk: async () => {},
    }),
    createCatalogStore: (namespace) => new CatalogStore(namespace),
    createCatalog: ({ catalog }) => testService({ source: catalog }).service,
    indexes: (onChange) => {
      const service = new IndexService({
        openWasm: (matrix) => new JsIndex(matrix),
        openWebGpu: () => Promise.reject(new Error('no GPU')),
        refine: async (index) => index,
        tune: async () => ({ calibration: CALIBRATION, backend: 'js', reason: 'measured' }),
        idle: async () => {},
        onChange,
      })
      services.push(service)
      return service
    },
    tensors: (onChange) => new TensorService({ gpu: new GpuService(undefined), pause: async () => {}, onChange }),
    encoders: new EncoderService(() => Promise.reject(new Error('no encoder'))),
    listDatabases: async () => [],
    joinTabs: (_namespace, listener) => {
      hear = listener
      return () => {}
    },
    tellPage: () => {},
    now: () => 1,
    elapsed: () => 1,
    openSignals: () => Promise.reject(new Error('no signals')),
    idle: async () => {},
    ...parts,
  })
  return { engine, services, hear: (news: TabNews) => hear(news) }
}

/** An engine that has measured what scoring costs. */
async function measured() {
  const { engine, services, hear } = setUp()
  await engine.configure(CONFIG)
  await engine.addItems(makeItems(3), true)
  await engine.append([{ id: 'a', name: 'view_item', time: 1, params: { items: [{ item_id: 'item-0' }] } }], false)
  await engine.recommend({ strategy: 'similar', itemId: 'item-0', limit: 2 })
  await services[0]!.pending()
  expect((await engine.status()).compute.calibration).toEqual(CALIBRATION)
  return { engine, hear }
}

it('what was measured of the device is forgotten with the rest, here and in other tabs', async () => {
  const here = await measured()
  await here.engine.forget()
  expect((await here.engine.status()).compute).not.toHaveProperty('calibration')

  const there = await measured()
  there.hear('forgotten')
  expect((await there.engine.status()).compute).not.toHaveProperty('calibration')
})

it('an engine that cannot be set up says so to the page, also where a notice came first', async () => {
  const failure = new Error('no catalog service')
  let attempts = 0
  const { engine } = setUp({
    createCatalog: () => {
      attempts++
      throw failure
    },
  })
  engine.expect(CONFIG, 'status')
  await expect(engine.configure(CONFIG)).rejects.toBe(failure)
  expect(attempts).toBe(1)
})
