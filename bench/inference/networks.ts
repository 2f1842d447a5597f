import { mlp } from '../../test/support/models/mlp'
import { selfAttention } from '../../test/support/models/self-attention'
import type { Model } from '../../worker/compute/tensors/model'
import { seededRandom } from '../support/seeded-random'
import { mlpGraph, selfAttentionGraph } from './graphs'
import type { Graph } from './onnx-file'

/** Positions of a sequence, their dimensions, heads of attention, and the width of what follows it. */
const ATTENTION = { length: 50, dim: 64, heads: 2, inner: 128 }
const MLP: { features: number; hidden: [number, number] } = { features: 64, hidden: [256, 128] }

/** One network, twice: as our models are written, and as a graph of ONNX over the same weights. */
export type Network = { readonly model: Model; readonly graph: Graph; readonly inputName: string; readonly inputShape: readonly number[] }

/** The same weights at every call. */
export function networks(): Readonly<Record<string, Network>> {
  const perceptron = mlp(MLP)
  const attention = selfAttention(ATTENTION)
  return {
    'MLP 64-256-128-1': {
      model: perceptron,
      graph: mlpGraph(perceptron.weights, MLP.features),
      inputName: 'features',
      inputShape: [MLP.features],
    },
    'self-attention 50 × 64': {
      model: attention,
      graph: selfAttentionGraph(attention.weights, ATTENTION),
      inputName: 'sequence',
      inputShape: [ATTENTION.length, ATTENTION.dim],
    },
  }
}

/** Input of `rows` rows, uniform in [-1, 1); the same at every call. */
export function inputOf({ inputShape }: Network, rows: number): Float32Array {
  const random = seededRandom(rows)
  return Float32Array.from({ length: inputShape.reduce((a, b) => a * b, rows) }, () => 2 * random() - 1)
}
