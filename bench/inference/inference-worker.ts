import type * as Ort from 'onnxruntime-web'
import { pause } from '../../worker/catalog/slices'
import { GpuService } from '../../worker/compute/gpu-service'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import { type Prepared, serveEntrant, type Task } from '../support/entrant'
import { inputOf, type Network, networks } from './networks'
import { onnxFile } from './onnx-file'

/** Who runs the networks. */
export type Runtime =
  | { readonly kind: 'ours'; readonly compute: 'webgpu' | 'wasm' | 'js' }
  | { readonly kind: 'onnxruntime'; readonly threads: number }

export type InferenceArgument = { readonly runtime: Runtime; readonly batches: readonly number[] }

/** Values compared: every one up to as many, else at even distances. */
const COMPARED = 4_000

type Run = (network: Network, rows: number, input: Float32Array) => Promise<() => Promise<Float32Array>>

serveEntrant(async (argument): Promise<Prepared> => {
  const { runtime, batches } = argument as InferenceArgument // inference.ts sends just that
  const { load, about } = await (runtime.kind === 'ours' ? ours(runtime.compute) : onnxruntime(runtime.threads))
  const tasks: Record<string, Task> = {}
  for (const [name, network] of Object.entries(networks())) {
    for (const rows of batches) {
      // One size shows that results are right; more would take the CPU minutes.
      if (rows !== batches[0] && about().softwareAdapter) continue
      const run = await load(network, rows, inputOf(network, rows))
      tasks[`${name}, ${rows}`] = {
        run,
        async answer() {
          const values = await run()
          const step = Math.max(1, Math.floor(values.length / COMPARED))
          return Array.from({ length: Math.ceil(values.length / step) }, (_, at) => values[at * step])
        },
      }
      await run()
    }
  }
  return { tasks, about: about() }
})

async function ours(compute: 'webgpu' | 'wasm' | 'js'): Promise<{ readonly load: Run; readonly about: () => Record<string, unknown> }> {
  const gpu = new GpuService(navigator.gpu)
  const softwareAdapter = compute === 'webgpu' ? await softwareAdapterOf(gpu) : undefined
  const at = (name: string) => new URL(`/tfjs/${name}`, location.href).href
  const tensors = new TensorService({
    gpu,
    pause,
    onChange: () => {},
    wasmFiles: {
      'tfjs-backend-wasm.wasm': at('tfjs-backend-wasm.wasm'),
      'tfjs-backend-wasm-simd.wasm': at('tfjs-backend-wasm-simd.wasm'),
      'tfjs-backend-wasm-threaded-simd.wasm': at('tfjs-backend-wasm-threaded-simd.wasm'),
    },
  })
  const configured = tensors.configure(compute)
  return {
    async load({ model, inputName }, _rows, input) {
      await configured
      const loaded = await tensors.load(model)
      const rows = { [inputName]: input }
      return async () => (await loaded.run(rows))[0]!
    },
    about: () => ({ ...tensors.status, ...(softwareAdapter && { softwareAdapter }) }),
  }
}

/** The name of the GPU in use where it is the CPU in disguise. */
async function softwareAdapterOf(gpu: GpuService): Promise<string | undefined> {
  const lease = await gpu.lease().catch(() => undefined) // where there is no GPU, another backend answers, which `status` tells
  lease?.release()
  return lease?.isSoftware ? lease.adapter : undefined
}

async function onnxruntime(threads: number): Promise<{ readonly load: Run; readonly about: () => Record<string, unknown> }> {
  // As served from the package: it finds its threads and its binary beside itself.
  const address = '/ort/ort.wasm.min.mjs'
  const ort = (await import(/* @vite-ignore */ address)) as typeof Ort // the package's own file
  ort.env.wasm.numThreads = threads
  ort.env.wasm.wasmPaths = new URL('/ort/', location.href).href
  const sessions = new Map<string, Promise<Ort.InferenceSession>>()
  return {
    async load({ graph, inputName, inputShape }, rows, input) {
      const opening = sessions.get(inputName) ?? ort.InferenceSession.create(onnxFile(graph), { executionProviders: ['wasm'] })
      sessions.set(inputName, opening)
      const session = await opening
      const feeds = { [inputName]: new ort.Tensor('float32', input, [rows, ...inputShape]) }
      return async () => {
        const values = (await session.run(feeds))[graph.output.name]!.data
        if (!(values instanceof Float32Array)) throw new Error('onnxruntime gives no float32')
        return values
      }
    },
    about: () => ({ threads }),
  }
}
