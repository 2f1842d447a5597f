import {
  BackendWasm,
  getThreadsCount,
  init,
  resetWasmPath,
  setThreadsCount,
  setWasmPaths,
} from '@tensorflow/tfjs-backend-wasm/dist/backend_wasm'
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
/** Models here are small: more threads wait for one another longer than they compute. */
const MAX_THREADS = 4
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
  const threaded = lacks === undefined ? await start(files, navigator.hardwareConcurrency).catch(messageOf) : undefined
  if (typeof threaded === 'string') lacks = `tfjs' threads failed: ${threaded}`
  const threads = threaded instanceof BackendWasm ? getThreadsCount() : 1
  if (threaded instanceof BackendWasm && threads < 2) {
    // So it is with tfjs 4.22 (https://github.com/tensorflow/tfjs/issues/8513): its workers would only idle.
    threaded.dispose()
    lacks = "tfjs' binary with threads started none"
  }
  const backend = threaded instanceof BackendWasm && lacks === undefined ? threaded : await start(files, 1)
  register(NAME, backend, [...wasmKernels, ...ownKernels(NAME, memoryOf)])
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

/** Lets tfjs load and start its binary: the one with threads, where it is to have more than one. */
async function start(files: WasmFiles, threads: number): Promise<BackendWasm> {
  // What tfjs decides by itself it decides by flags, and an attempt that failed would make it refuse another one.
  resetWasmPath()
  setWasmPaths(files)
  setThreadsCount(Math.min(MAX_THREADS, threads))
  env().set('WASM_HAS_MULTITHREAD_SUPPORT', threads > 1)
  try {
    const { wasm } = await within(START_DEADLINE_MS, init())
    refuseWhenFull(wasm)
    return new BackendWasm(wasm)
  } catch (cause) {
    throw failed(`tfjs' WebAssembly did not start: ${messageOf(cause)}`, cause)
  }
}

/**
 * tfjs takes address 0, which says that the memory is full, for a place to write to: its results would be wrong without an error. From here
 * on it gets an error instead.
 */
function refuseWhenFull(wasm: BackendWasm['wasm']): void {
  // As Emscripten makes it; its types would bring in those of Node and of the page.
  const heap = wasm as unknown as { _malloc(bytes: number): number; _free(address: number): void }
  // Emscripten puts the function itself in the place of a stand-in at the first call, and would in that of ours.
  heap._free(heap._malloc(1))
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
    make: (shape, type) => backend.makeOutput(shape, type),
  }
}

/** tfjs rejects with plain objects too. */
function messageOf(thrown: unknown): string {
  return typeof thrown === 'object' && thrown !== null && 'message' in thrown ? String(thrown.message) : String(thrown)
}

function failed(message: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', message, {}, { cause })
}
