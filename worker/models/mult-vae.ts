import type { Tensor, TensorMap } from '../compute/tensors/model'
import type { Ops } from '../compute/tensors/ops'
import type { TensorService } from '../compute/tensors/tensor-service'
import type { ModelPart, Settings } from './model-part'
import type { Network } from './network'
import { openNetwork } from './open-network'
import type { Recommender } from './recommender'

/**
 * A variational autoencoder of what was visited, in no order, with a multinomial likelihood.
 * Settings: `length` (the most items of a visit that count), `dim`, `dropout` of items (training), `divergence` (β).
 * Source: Liang, Krishnan, Hoffman, Jebara: Variational Autoencoders for Collaborative Filtering, WWW 2018, section 2, with a linear decoder.
 */
export const MULT_VAE: Network = {
  name: 'mult-vae',
  table: 'decoder',
  bias: 'bias',
  length: ({ length }) => length!,
  shapes: ({ dim }, items) => ({
    items: [items, dim!],
    'encoder.bias': [dim!],
    centre: [dim!, dim!],
    'centre.bias': [dim!],
    spread: [dim!, dim!],
    'spread.bias': [dim!],
    decoder: [items, dim!],
    bias: [items],
  }),
  states: (ops, weights, inputs, settings) => visitCode(ops, weights, inputs, settings).sample,
}

/** The latent code of each row, [rows, dim]: its distribution, and a draw from it in training, else its mean. */
export function visitCode(ops: Ops, weights: TensorMap<string>, { items, filled }: TensorMap<string>, { dropout = 0 }: Settings) {
  const [rows, length] = items!.shape as [number, number]
  const counted = ops.reshape(ops.dropout(filled!, dropout), [rows, length, 1])
  const norm = ops.sqrt(ops.maximum(ops.sum(filled!, 1, true), 1))
  const together = ops.div(ops.sum(ops.mul(ops.gather(weights.items!, items!), counted), 1), norm)
  const inner = ops.tanh(ops.add(together, weights['encoder.bias']!))
  const layer = (name: string): Tensor => ops.add(ops.matMul(inner, weights[name]!), weights[`${name}.bias`]!)
  const [centre, spread] = [layer('centre'), layer('spread')]
  const sample = ops.add(centre, ops.mul(ops.exp(ops.mul(0.5, spread)), ops.normal([...centre.shape])))
  return { centre, spread, sample }
}

export function openMultVae(part: ModelPart, tensors: TensorService): Promise<Recommender> {
  return openNetwork(MULT_VAE, part, tensors)
}
