import { pause } from '../../worker/catalog/slices'
import { TensorService } from '../../worker/compute/tensors/tensor-service'

/** Node has no GPU; the rest is as in a worker. */
export function nodeTensors(onChange: () => void = () => {}): TensorService {
  const lease = () => Promise.reject(new Error('Node has no WebGPU'))
  return new TensorService({ gpu: { lease }, pause, onChange })
}
