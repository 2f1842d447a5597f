import { MathBackendCPU } from '@tensorflow/tfjs-backend-cpu/dist/backend_cpu'
import { cpuKernels } from './kernels/cpu-kernels'
import { type CpuMemory, ownKernels } from './kernels/own-kernels'
import { sizeOf } from './model'
import { type OpenBackend, register, unregister } from './open-backend'

const NAME = 'cpu'

/** Sets up tfjs in plain JavaScript, which works everywhere. */
export function openCpu(): OpenBackend {
  register(NAME, new MathBackendCPU(), [...cpuKernels, ...ownKernels(NAME, memoryOf)])
  return {
    name: NAME,
    detail: 'plain JavaScript',
    lost: () => undefined,
    watch: () => async () => {},
    close: () => unregister(NAME),
  }
}

function memoryOf(backend: unknown): CpuMemory {
  if (!(backend instanceof MathBackendCPU)) throw new Error('a kernel of the cpu backend was given another one')
  return {
    read({ dataId }) {
      // The backend keeps typed arrays for all that `ops` makes.
      return backend.data.get(dataId).values as Float32Array | Int32Array
    },
    make(shape, type) {
      const size = sizeOf(shape)
      return backend.makeTensorInfo(shape, type, type === 'int32' ? new Int32Array(size) : new Float32Array(size))
    },
  }
}
