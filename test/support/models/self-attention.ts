import type { Model, Tensor } from '../../../worker/compute/tensors/model'
import type { Ops } from '../../../worker/compute/tensors/ops'
import { drawWeights } from './draw-weights'

export type SelfAttentionSize = { length?: number; dim?: number; heads?: number; inner?: number; seed?: number }

/**
 * One block of causal self-attention over vectors, as a sequential model will have it: layer norm, attention of several heads, a
 * feed-forward part, each added to what it came from. The weights' values are small enough for softmax to stay soft.
 * Source: Vaswani et al., Attention Is All You Need, 2017, section 3.2; norm before each part as Xiong et al., 2020.
 */
export function selfAttention({ length = 50, dim = 64, heads = 2, inner = 128, seed = 2 }: SelfAttentionSize = {}) {
  const weights = drawWeights(
    {
      norm1gain: [dim],
      norm1bias: [dim],
      query: [dim, dim],
      key: [dim, dim],
      value: [dim, dim],
      output: [dim, dim],
      norm2gain: [dim],
      norm2bias: [dim],
      up: [dim, inner],
      upBias: [inner],
      down: [inner, dim],
      downBias: [dim],
    },
    seed,
  )
  const width = dim / heads
  return {
    name: 'self-attention',
    weights,
    inputs: { sequence: { shape: [length, dim], type: 'float32' } },
    outputs: [[length, dim]],
    batchRows: 32,
    forward(ops, weights, { sequence }) {
      const rows = sequence.shape[0]!
      const project = (values: Tensor, weight: Tensor) => applied(ops, values, weight)
      const split = (values: Tensor) => ops.transpose(ops.reshape(values, [rows, length, heads, width]), [0, 2, 1, 3])
      const normed = ops.layerNorm(sequence, weights.norm1gain, weights.norm1bias)
      const query = split(project(normed, weights.query))
      const key = split(project(normed, weights.key))
      const value = split(project(normed, weights.value))
      const scores = ops.add(ops.div(ops.matMul(query, key, false, true), Math.sqrt(width)), causalMask(ops, length))
      const mixed = ops.reshape(ops.transpose(ops.matMul(ops.softmax(scores, -1), value), [0, 2, 1, 3]), [rows, length, dim])
      const attended = ops.add(sequence, ops.dropout(project(mixed, weights.output), 0.1))
      const again = ops.layerNorm(attended, weights.norm2gain, weights.norm2bias)
      const wide = ops.relu(ops.add(project(again, weights.up), weights.upBias))
      return ops.add(attended, ops.dropout(ops.add(project(wide, weights.down), weights.downBias), 0.1))
    },
  } satisfies Model<
    'norm1gain' | 'norm1bias' | 'query' | 'key' | 'value' | 'output' | 'norm2gain' | 'norm2bias' | 'up' | 'upBias' | 'down' | 'downBias',
    'sequence'
  >
}

/** values [..., a] times weight [a, b]: as one product of two matrices, whose gradient every backend has. */
export function applied(ops: Ops, values: Tensor, weight: Tensor): Tensor {
  const [inner, outer] = weight.shape as [number, number] // a matrix
  const flat = ops.matMul(ops.reshape(values, [values.size / inner, inner]), weight)
  return ops.reshape(flat, [...values.shape.slice(0, -1), outer])
}

/** [length, length]: 0 where a position may look, a large negative number where it would look ahead. */
export function causalMask(ops: Ops, length: number): Tensor {
  const mask = Float32Array.from({ length: length * length }, (_, i) => (i % length > Math.floor(i / length) ? -1e9 : 0))
  return ops.tensor(mask, [length, length])
}
