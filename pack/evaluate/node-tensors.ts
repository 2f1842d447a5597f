import { pause } from '../../worker/catalog/slices'
import { TensorService } from '../../worker/compute/tensors/tensor-service'

/** Runs and trains neural models in Node, which has no GPU of its own: by WebAssembly. */
export function nodeTensors(): TensorService {
  const lease = () => Promise.reject(new Error('Node has no WebGPU'))
  return new TensorService({ gpu: { lease }, pause, onChange: () => {} })
}
