import type { Tensor, TensorMap } from '../compute/tensors/model'
import type { Ops } from '../compute/tensors/ops'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelPart, Settings } from './model-part'
import { applied, type Network } from './network'
import type { WeightShapes } from './network-weights'
import { openNetwork } from './open-network'
import type { Recommender } from './recommender'

/**
 * Self-attention over the visit, causal: what comes next is read from the last position.
 * Settings: `length` of the visit, `dim`, `heads`, `blocks`, `dropout` (training).
 * Source: Kang, McAuley: Self-Attentive Sequential Recommendation, ICDM 2018, section III, with the norm before each part and one after all
 * (Xiong et al.: On Layer Normalization in the Transformer Architecture, 2020). A row may hold several visits one after the other, each
 * counting its places from 0: they do not see one another.
 */
export const SASREC: Network = {
  name: 'sasrec',
  table: 'items',
  length: ({ length }) => length!,
  shapes({ dim, length, blocks }, items) {
    const [width, count] = [dim!, blocks!]
    const shapes: Record<string, readonly number[]> = { items: [items, width], places: [length!, width] }
    for (let block = 0; block < count; block++) {
      Object.assign(shapes, {
        [`${block}.norm1.gain`]: [width],
        [`${block}.norm1.bias`]: [width],
        [`${block}.mixed`]: [width, 3 * width],
        [`${block}.output`]: [width, width],
        [`${block}.norm2.gain`]: [width],
        [`${block}.norm2.bias`]: [width],
        [`${block}.up`]: [width, width],
        [`${block}.up.bias`]: [width],
        [`${block}.down`]: [width, width],
        [`${block}.down.bias`]: [width],
      } satisfies WeightShapes)
    }
    return { ...shapes, 'norm.gain': [width], 'norm.bias': [width] }
  },
  states(ops, weights, { items, places }, settings) {
    const { dim, blocks, dropout = 0 } = settings
    const embedded = ops.add(ops.mul(ops.gather(weights.items!, items!), Math.sqrt(dim!)), ops.gather(weights.places!, places!))
    let values = ops.dropout(embedded, dropout)
    const hidden = hiddenFrom(ops, places!)
    for (let block = 0; block < blocks!; block++) {
      const of = (name: string) => weights[`${block}.${name}`]!
      const normed = ops.layerNorm(values, of('norm1.gain'), of('norm1.bias'))
      const attended = applied(ops, attention(ops, applied(ops, normed, of('mixed')), hidden, settings), of('output'))
      values = ops.add(values, ops.dropout(attended, dropout))
      const again = ops.layerNorm(values, of('norm2.gain'), of('norm2.bias'))
      const wide = ops.dropout(ops.relu(ops.add(applied(ops, again, of('up')), of('up.bias'))), dropout)
      values = ops.add(values, ops.dropout(ops.add(applied(ops, wide, of('down')), of('down.bias')), dropout))
    }
    const states = ops.layerNorm(values, weights['norm.gain']!, weights['norm.bias']!)
    return ops.reshape(states, [values.size / dim!, dim!])
  },
}

export function openSasrec(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  return openNetwork(SASREC, part, tensors)
}

/** What each position takes from those before it. @param mixed [rows, length, 3 × dim] queries, keys and values side by side. */
function attention(ops: Ops, mixed: Tensor, hidden: Tensor, { heads, dim }: Settings): Tensor {
  const [rows, length] = mixed.shape as [number, number, number]
  const width = dim! / heads!
  const apart = ops.transpose(ops.reshape(mixed, [rows, length, 3 * heads!, width]), [0, 2, 1, 3])
  const [query, key, value] = ops.split(apart, 3, 1) as [Tensor, Tensor, Tensor]
  const scores = ops.add(ops.div(ops.matMul(query, key, false, true), Math.sqrt(width)), hidden)
  const taken = ops.matMul(ops.softmax(scores, -1), value)
  return ops.reshape(ops.transpose(taken, [0, 2, 1, 3]), [rows, length, dim!])
}

const FAR = -1e9

/** [rows, 1, length, length]: a large negative number where a position must not look: ahead, or at another visit of the row; else 0. */
function hiddenFrom(ops: Ops, places: TensorMap<string>[string]): Tensor {
  const [rows, length] = places.shape as [number, number]
  const starts = ops.sub(
    ops.tensor(
      Float32Array.from({ length }, (_, at) => at),
      [1, length],
    ),
    ops.cast(places, 'float32'),
  )
  // A comparison would say the same; the WebAssembly backend takes 100 times as long for one with broadcasting.
  const apart = ops.squaredDifference(ops.reshape(starts, [rows, length, 1]), ops.reshape(starts, [rows, 1, length]))
  const ahead = ops.tensor(
    Float32Array.from({ length: length * length }, (_, at) => (at % length > Math.floor(at / length) ? 1 : 0)),
    [1, length, length],
  )
  return ops.reshape(ops.mul(ops.minimum(ops.add(apart, ahead), 1), FAR), [rows, 1, length, length])
}
