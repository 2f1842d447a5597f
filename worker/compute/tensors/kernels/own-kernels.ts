import {
  backend_util,
  Conv2DBackpropFilter,
  type Conv2DBackpropFilterAttrs,
  GatherV2,
  type GatherV2Attrs,
  type KernelConfig,
  type KernelFunc,
  type TensorInfo,
  UnsortedSegmentSum,
  util,
} from '@tensorflow/tfjs-core'
import { filterGradient } from './filter-gradient'
import { gatherRows } from './gather-rows'
import { segmentSum } from './segment-sum'

/** How a backend that computes on the CPU gives its arrays to a kernel. */
export interface CpuMemory {
  /** The values of a tensor, not copied. A view that `make` may invalidate, so it is read only after the last `make`. */
  read(tensor: TensorInfo): Float32Array | Int32Array
  /** A new tensor. */
  make(shape: number[], type: 'float32' | 'int32'): TensorInfo
}

/**
 * Kernels that tfjs' WebAssembly backend does not have, and that its JavaScript backend has only in a form whose cost grows with the number
 * of segments times the number of rows (`UnsortedSegmentSum`) or that reads value by value through a function (`Conv2DBackpropFilter`).
 * Without them neither an embedding nor a convolution can be trained there. `GatherV2` is there, but takes 2 µs for a row of 64 values.
 * @param memoryOf the memory of a backend as tfjs passes it to a kernel.
 */
export function ownKernels(backendName: 'wasm' | 'cpu', memoryOf: (backend: unknown) => CpuMemory): KernelConfig[] {
  const segments: KernelFunc = ({ inputs, backend, attrs }) => {
    const { x, segmentIds } = inputs
    const { numSegments } = attrs as { readonly numSegments: number } // as the operation of this name passes them
    const memory = memoryOf(backend)
    const rank = segmentIds!.shape.length
    const shape = [numSegments, ...x!.shape.slice(rank)]
    const out = memory.make(shape, 'float32')
    const width = util.sizeFromShape(shape.slice(1))
    segmentSum(floats(memory, x!), ints(memory, segmentIds!), width, floats(memory, out))
    return out
  }

  const filter: KernelFunc = ({ inputs, backend, attrs }) => {
    const { x, dy } = inputs
    // As the gradient of a convolution passes them; `ops` has no convolution with channels first.
    const { strides, pad, dimRoundingMode, filterShape } = attrs as unknown as Conv2DBackpropFilterAttrs
    const inShape = x!.shape as [number, number, number, number] // a convolution's input has four axes: tfjs asserts it
    const info = backend_util.computeConv2DInfo(inShape, filterShape, strides, 1, pad, dimRoundingMode)
    const memory = memoryOf(backend)
    const out = memory.make([...filterShape], 'float32')
    const { top: padTop, left: padLeft } = info.padInfo
    filterGradient(floats(memory, x!), floats(memory, dy!), { ...info, padTop, padLeft }, floats(memory, out))
    return out
  }

  const rows: KernelFunc = ({ inputs, backend, attrs }) => {
    const { x, indices } = inputs
    const { axis } = attrs as unknown as GatherV2Attrs // as the operation of this name passes them; `ops` has none with batch dimensions
    const memory = memoryOf(backend)
    const at = util.parseAxisParam(axis, x!.shape)[0]!
    const [before, after] = [x!.shape.slice(0, at), x!.shape.slice(at + 1)]
    const type = x!.dtype === 'int32' ? 'int32' : 'float32'
    const out = memory.make([...before, ...indices!.shape, ...after], type)
    const numbers = type === 'int32' ? ints : floats
    const size = { extent: x!.shape[at]!, width: util.sizeFromShape(after) }
    gatherRows(numbers(memory, x!), ints(memory, indices!), size, numbers(memory, out))
    return out
  }

  return [
    { kernelName: GatherV2, backendName, kernelFunc: rows },
    { kernelName: UnsortedSegmentSum, backendName, kernelFunc: segments },
    { kernelName: Conv2DBackpropFilter, backendName, kernelFunc: filter },
  ]
}

function floats(memory: CpuMemory, tensor: TensorInfo): Float32Array {
  const values = memory.read(tensor)
  if (values instanceof Float32Array) return values
  throw new Error(`a tensor of ${tensor.dtype} came where float32 was expected`)
}

function ints(memory: CpuMemory, tensor: TensorInfo): Int32Array {
  const values = memory.read(tensor)
  if (values instanceof Int32Array) return values
  throw new Error(`a tensor of ${tensor.dtype} came where int32 was expected`)
}
