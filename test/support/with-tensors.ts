import { afterAll, beforeAll } from 'vitest'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import { nodeTensors } from './node-tensors'

/** What runs networks in the tests of one file, closed when they are done. */
export function withTensors(): () => TensorService {
  let tensors: TensorService
  beforeAll(() => {
    tensors = nodeTensors()
  })
  afterAll(() => tensors.close())
  return () => tensors
}
