import type { Tensor } from '../compute/tensors/model'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelPart } from './model-part'
import { applied, type Network } from './network'
import { openNetwork } from './open-network'
import type { Recommender } from './recommender'

/**
 * A gated recurrent unit that reads the visit item by item; its state after the last says what comes next.
 * Settings: `length` of the visit, `dim` of embeddings and state, `dropout` (training).
 * Source: Hidasi, Karatzoglou, Baltrunas, Tikk: Session-based Recommendations with Recurrent Neural Networks, ICLR 2016, section 3.1, with
 * input and output embeddings in one table (Hidasi, Karatzoglou: Recurrent Neural Networks with Top-k Gains, CIKM 2018, section 4.4), the reset
 * gate applied after the product with the state, not before. A row
 * may hold several visits one after the other, each counting its places from 0: the state starts anew there.
 */
export const GRU: Network = {
  name: 'gru',
  table: 'items',
  length: ({ length }) => length!,
  shapes: ({ dim }, items) => ({
    items: [items, dim!],
    input: [dim!, 3 * dim!],
    'input.bias': [3 * dim!],
    state: [dim!, 3 * dim!],
    output: [dim!, dim!],
    'output.bias': [dim!],
  }),
  states(ops, weights, { items, places }, { dim, dropout = 0 }) {
    const [rows, length] = items!.shape as [number, number]
    const embedded = ops.dropout(ops.gather(weights.items!, items!), dropout)
    const given = ops.unstack(ops.add(applied(ops, embedded, weights.input!), weights['input.bias']!), 1)
    const goesOn = ops.unstack(ops.reshape(ops.cast(ops.minimum(places!, 1), 'float32'), [rows, length, 1]), 1)
    let hidden: Tensor = ops.zeros([rows, dim!])
    const states = given.map((step, at) => {
      const before = ops.mul(hidden, goesOn[at]!)
      const [resetIn, updateIn, newIn] = ops.split(step, 3, 1) as [Tensor, Tensor, Tensor]
      const [resetOwn, updateOwn, newOwn] = ops.split(ops.matMul(before, weights.state!), 3, 1) as [Tensor, Tensor, Tensor]
      const update = ops.sigmoid(ops.add(updateIn, updateOwn))
      const fresh = ops.tanh(ops.add(newIn, ops.mul(ops.sigmoid(ops.add(resetIn, resetOwn)), newOwn)))
      hidden = ops.add(before, ops.mul(update, ops.sub(fresh, before)))
      return hidden
    })
    const flat = ops.reshape(ops.stack(states, 1), [rows * length, dim!])
    return ops.add(ops.matMul(ops.dropout(flat, dropout), weights.output!), weights['output.bias']!)
  },
}

export function openGru(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  return openNetwork(GRU, part, tensors)
}
