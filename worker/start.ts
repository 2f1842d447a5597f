import { expose } from 'comlink'
import type { EarlyNotice, EngineCall, EngineMethod, WorkerNotice } from '../src/shared/contract'
import { SottoError, toFailure } from '../src/shared/errors'
import { loadPart } from '../src/shared/load-part'
import { PROTOCOL } from '../src/shared/version'
import { CatalogService } from './catalog/catalog-service'
import { loadFromSource } from './catalog/load-from-source'
import { pause } from './catalog/slices'
import { IndexService } from './compute/index-service'
import type { KernelModules } from './compute/kernel/kernel-modules'
import { LazyGpu } from './compute/lazy-gpu'
import { TensorService } from './compute/tensors/tensor-service'
import { openWasmIndex } from './compute/wasm-index'
import { LocalEngine } from './engine'
import { IdleGate } from './idle-gate'
import { CatalogStore } from './store/catalog-store'
import { Connection } from './store/connection'
import type { EarlyDisk } from './store/early-disk'
import { IndexedDbHistory } from './store/indexeddb-history'
import { listDatabases } from './store/list-databases'
import { MemoryHistory } from './store/memory-history'
import { openHistory } from './store/open-history'
import { signalsDatabase } from './store/schema'
import { joinTabs } from './tabs'
import { encoderFiles } from './text/encoder-files'
import { EncoderService } from './text/encoder-service'

const notify = (notice: WorkerNotice) => postMessage(notice)
const now = () => Date.now()
const elapsed = () => performance.now()
const load = (url: string | URL, init?: RequestInit) => fetch(url, init)
const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Builds the engine and answers the page's calls from then on.
 * @param early what the disk was asked for before this code was here. @param modules the kernel's.
 * @returns hears of calls to come.
 */
export function start(early: EarlyDisk, modules: KernelModules): (notice: EarlyNotice) => void {
  const gpu = new LazyGpu(navigator.gpu)
  const idle = new IdleGate(elapsed, sleep)
  const encoders = new EncoderService(async () => (await loadFromSource()).loadEncoder(load, encoderFiles()))

  const engine = new LocalEngine({
    historyPlaces: ({ namespace, maxAgeMs, maxEvents }) => {
      const options = { namespace, maxAgeMs, maxEvents, now }
      return {
        openDisk: () => openHistory(options),
        openMemory: () => new MemoryHistory(options),
        // Pages without https have no locks; they take their chance.
        alone: (work) => (navigator.locks ? navigator.locks.request(`sotto:${namespace}:consent`, work) : work()),
        // Connections that are open, here or in other tabs, let go of a database that is to be deleted.
        wipeDisk: async () => {
          const signals = new Connection(signalsDatabase(namespace))
          await Promise.all([new IndexedDbHistory(options).wipe(), new CatalogStore(namespace).wipe(), signals.delete()])
        },
      }
    },
    createCatalogStore: (namespace) => new CatalogStore(namespace, {}, () => early.take()),
    createCatalog: ({ catalog }, store, onChange) =>
      new CatalogService({
        source: catalog,
        store,
        loadEncoder: () => encoders.encoder(),
        fetch: load,
        now,
        pause,
        idle: () => idle.whenIdle(),
        onChange,
      }),
    indexes: (onChange, place) =>
      new IndexService({
        openWasm: (matrix) => openWasmIndex(matrix, modules),
        openWebGpu: async (matrix, below) => {
          const { createWebGpuIndex } = await import('./compute/webgpu-index')
          return createWebGpuIndex(await gpu.lease(), matrix, below)
        },
        refine: async (index, matrix) => new (await import('./compute/refined-index')).RefinedIndex(index, matrix),
        tune: async (request) => {
          const { tuneIndex } = await import('./compute/calibration/tune-index')
          return tuneIndex(request, { gpu: gpu.gpu, device: navigator, place, clock: { elapsed, pause }, now })
        },
        idle: () => idle.whenIdle(),
        onChange,
      }),
    tensors: (onChange) => new TensorService({ gpu, pause, onChange }),
    encoders,
    listDatabases,
    joinTabs,
    tellPage: (change) => notify({ sotto: 'change', change }),
    now,
    elapsed,
    openSignals: async (link) => (await loadPart('what may leave', () => import('./signals/open-signals'))).openSignals(link),
    idle: () => idle.whenIdle(),
  })

  /** comlink keeps only the message of what is thrown, so failures travel as values. */
  const call: EngineCall = async (method, args) => {
    if (method === 'ping') return { ok: true, value: undefined }
    try {
      if (!isEngineMethod(method)) throw new SottoError('internal', `the engine has no method ${String(method)}`)
      // The bridge's types bind arguments to methods; the border itself carries unknowns.
      const answer = engine[method] as (this: LocalEngine, ...args: unknown[]) => Promise<unknown>
      return { ok: true, value: await idle.during(() => answer.apply(engine, [...args])) }
    } catch (error) {
      return { ok: false, failure: toFailure(error) }
    }
  }

  expose(call)
  notify({ sotto: 'ready', protocol: PROTOCOL })
  return ({ config, method }) => engine.expect(config, method)
}

function isEngineMethod(method: string): method is EngineMethod {
  return method !== 'constructor' && Object.hasOwn(LocalEngine.prototype, method)
}
