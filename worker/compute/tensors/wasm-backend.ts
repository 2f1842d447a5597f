import { BackendWasm, getThreadsCount, init, resetWasmPath, setWasmPaths } from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm'
import { env } from '@tensorflow/tfjs-core'
import { SottoError } from '../../../src/shared/errors'
import { type CpuMemory, ownKernels } from './kernels/own-kernels'
import { wasmKernels } from './kernels/wasm-kernels'
import { type OpenBackend, register, unregister } from './open-backend'
import { type WasmFiles, wasmFiles } from './wasm-files'
import { whyNoThreads } from './why-no-threads'
import { within } from './within'

const NAME = 'wasm'
/** A binary of 0.4 MB over a slow line, and its threads. Threads that a policy forbids would otherwise be waited for for ever. */
const START_DEADLINE_MS = 60_000
/** The smallest WebAssembly module: magic number and version (WebAssembly core specification 2.0, section 5.5.16). */
const EMPTY_MODULE = Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0)

/**
 * Sets up tfjs in WebAssembly: with threads where the page is cross-origin isolated and its policy lets a worker start from a blob, with
 * SIMD where the browser has it.
 * @throws SottoError `compute-failed`: no WebAssembly, or a policy without `wasm-unsafe-eval`, or the binary could not be had.
 */
export async function openWasm(files: WasmFiles = wasmFiles()): Promise<OpenBackend> {
  checkWebAssembly()
  const hasSimd = await env().getAsync('WASM_HAS_SIMD_SUPPORT')
  let lacks = hasSimd ? await whyNoThreads() : 'this browser has no SIMD'
  let started = lacks === undefined ? await start(files, true).catch(messageOf) : undefined
  if (typeof started === 'string') lacks = `its threads did not start: ${started}`
  if (typeof started !== 'object') started = await start(files, false)
  refuseWhenFull(started.wasm)
  register(NAME, new BackendWasm(started.wasm), [...wasmKernels, ...ownKernels(NAME, memoryOf)])
  const threads = lacks === undefined ? Math.max(1, getThreadsCount()) : 1
  return {
    name: NAME,
    detail: `WebAssembly, ${hasSimd ? 'SIMD' : 'no SIMD'}, ${lacks === undefined ? `${threads} threads` : `one thread: ${lacks}`}`,
    threads,
    ...(lacks === undefined ? {} : { lacks }),
    lost: () => undefined,
    watch: () => async () => {},
    close: () => unregister(NAME),
  }
}

function checkWebAssembly(): void {
  if (typeof WebAssembly === 'undefined') throw failed('this browser has no WebAssembly')
  try {
    new WebAssembly.Module(EMPTY_MODULE)
  } catch (cause) {
    throw failed(`WebAssembly is refused: ${messageOf(cause)}`, cause)
  }
}

/** Lets tfjs load and start its binary. */
async function start(files: WasmFiles, isThreaded: boolean): Promise<Awaited<ReturnType<typeof init>>> {
  // What tfjs decides by itself it decides by flags, and an attempt that failed would make it refuse another one.
  resetWasmPath()
  setWasmPaths(files)
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', isThreaded)
  try {
    return await within(START_DEADLINE_MS, init())
  } catch (cause) {
    throw failed(`tfjs' WebAssembly did not start: ${messageOf(cause)}`, cause)
  }
}

/** tfjs takes address 0, which says that the memory is full, for a place to write to: its results would be wrong without an error. */
function refuseWhenFull(wasm: BackendWasm['wasm']): void {
  const heap = wasm as unknown as { _malloc(bytes: number): number } // as Emscripten makes it; its types would bring in Node's and the DOM's
  const allocate = heap._malloc
  heap._malloc = (bytes) => {
    const address = allocate(bytes)
    if (address === 0 && bytes > 0) throw failed(`WebAssembly has no memory left for ${bytes} bytes`)
    return address
  }
}

function memoryOf(backend: unknown): CpuMemory {
  if (!(backend instanceof BackendWasm)) throw new Error('a kernel of the wasm backend was given another one')
  return {
    read(tensor) {
      // Of all types that it gives, `ops` lets only these two reach the kernels that ask.
      return backend.typedArrayFromHeap(tensor) as Float32Array | Int32Array
    },
    make: (shape) => backend.makeOutput(shape, 'float32'),
  }
}

/** tfjs rejects with plain objects too. */
function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown)
}

function failed(message: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', message, {}, { cause })
}
