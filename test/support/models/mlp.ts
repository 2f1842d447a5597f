import type { Model } from '../../../worker/compute/tensors/model'
import { drawWeights } from './draw-weights'

/** A perceptron of two hidden layers as a propensity model will have it: features in, one probability out. */
export function mlp({
  features = 64,
  hidden = [256, 128],
  seed = 1,
}: {
  features?: number
  hidden?: [number, number]
  seed?: number
} = {}) {
  const [first, second] = hidden
  const weights = drawWeights({ w1: [features, first], b1: [first], w2: [first, second], b2: [second], w3: [second, 1], b3: [1] }, seed)
  return {
    name: 'mlp',
    weights,
    inputs: { features: { shape: [features], type: 'float32' } },
    outputs: [[]],
    forward(ops, { w1, b1, w2, b2, w3, b3 }, { features }) {
      const one = ops.dropout(ops.relu(ops.add(ops.matMul(features, w1), b1)), 0.1)
      const two = ops.tanh(ops.add(ops.matMul(one, w2), b2))
      return ops.squeeze(ops.sigmoid(ops.add(ops.matMul(two, w3), b3)), [1])
    },
  } satisfies Model<'w1' | 'b1' | 'w2' | 'b2' | 'w3' | 'b3', 'features'>
}
