import type { Model, Tensor, TensorMap, Training } from '../../worker/compute/tensors/model'
import type { Ops } from '../../worker/compute/tensors/ops'
import { drawWeights } from './models/draw-weights'
import { mlp } from './models/mlp'
import { selfAttention } from './models/self-attention'

/** A network to compare backends by: how it computes and how it learns. */
export type Network = Model & Pick<Training, 'loss'>

type Definition<W extends string, I extends string> = Model<W, I> & Pick<Training<W, I>, 'loss'>

const ITEMS = 13
const DIM = 4
const LENGTH = 5

const history = { shape: [LENGTH], type: 'int32', below: ITEMS } as const
const target = { shape: [], type: 'int32', below: ITEMS } as const

/** Embedding lookup, gated recurrent unit (Cho et al., 2014), tied output embedding, softmax over all items. */
const gru: Network = network({
  name: 'gru',
  weights: drawWeights({ items: [ITEMS, DIM], input: [DIM, 3 * DIM], state: [DIM, 3 * DIM], bias: [3 * DIM] }, 3),
  inputs: { history, target },
  outputs: [[ITEMS]],
  forward(ops, { items, input, state, bias }, { history }) {
    let hidden = ops.zeros([history.shape[0]!, DIM]) as Tensor
    for (const step of ops.unstack(ops.gather(items, history), 1)) {
      const [x1, x2, x3] = ops.split(ops.add(ops.matMul(step, input), bias), 3, 1) as [Tensor, Tensor, Tensor]
      const [h1, h2, h3] = ops.split(ops.matMul(hidden, state), 3, 1) as [Tensor, Tensor, Tensor]
      const update = ops.sigmoid(ops.add(x1, h1))
      const reset = ops.sigmoid(ops.add(x2, h2))
      const next = ops.tanh(ops.add(x3, ops.mul(reset, h3)))
      hidden = ops.add(ops.mul(update, hidden), ops.mul(ops.sub(1, update), next))
    }
    return ops.matMul(hidden, items, false, true)
  },
  loss(ops, weights, inputs) {
    const l2 = ops.mul(0.01, ops.sum(ops.square(weights.items)))
    return ops.add(ops.crossEntropy(scoresOf(gru, ops, weights, inputs), inputs.target), l2)
  },
})

/** Convolutions over the last items, along time with max-pooling over time and across it, as Caser has them (Tang, Wang, 2018). */
const caser: Network = network({
  name: 'caser',
  weights: drawWeights(
    {
      items: [ITEMS, DIM],
      wide: [2, DIM, 1, 4],
      tall: [3, DIM, 3],
      across: [LENGTH, 1, 1, 2],
      out: [4 + 3 + 2 * DIM, ITEMS],
      bias: [ITEMS],
    },
    4,
  ),
  inputs: { history, target },
  outputs: [[ITEMS]],
  forward(ops, { items, wide, tall, across, out, bias }, { history }) {
    const rows = history.shape[0]!
    const image = ops.gather(items, history)
    const one = ops.expandDims(image, -1)
    const slid = ops.relu(ops.conv2d(one as never, wide as never, 1, 'valid')) // tensors of four axes, as it asks for
    const first = ops.reshape(ops.maxPool(slid as never, [LENGTH - 1, 1], 1, 'valid'), [rows, 4])
    const second = ops.max(ops.tanh(ops.conv1d(image as never, tall as never, 1, 'same')), 1)
    const third = ops.reshape(ops.conv2d(one as never, across as never, 1, 'valid'), [rows, 2 * DIM])
    return ops.add(ops.matMul(ops.dropout(ops.concat([first, second, third], 1), 0.2), out), bias)
  },
  loss(ops, weights, inputs) {
    return ops.crossEntropy(scoresOf(caser, ops, weights, inputs), inputs.target)
  },
})

/** Autoencoder of a visitor's items with a multinomial likelihood and a normal latent code (Liang et al., 2018, section 2). */
const vae: Network = network({
  name: 'vae',
  weights: drawWeights({ encode: [ITEMS, 8], centre: [8, DIM], spread: [8, DIM], decode: [DIM, ITEMS], bias: [ITEMS] }, 5),
  inputs: { counts: { shape: [ITEMS], type: 'float32' } },
  outputs: [[ITEMS], []],
  forward(ops, weights, { counts }) {
    const { logits } = code(ops, weights, counts)
    return [ops.softmax(logits), ops.logSumExp(logits, 1)]
  },
  loss(ops, weights, { counts }) {
    const { logits, centre, spread } = code(ops, weights, counts)
    const likelihood = ops.mean(ops.sum(ops.mul(ops.abs(counts), ops.logSoftmax(logits)), 1))
    const divergence = ops.sum(ops.sub(ops.add(ops.exp(spread), ops.square(centre)), ops.add(spread, 1)), 1)
    return ops.sub(ops.mul(0.1, ops.mean(divergence)), likelihood)
  },
})

function code(ops: Ops, weights: TensorMap<'encode' | 'centre' | 'spread' | 'decode' | 'bias'>, counts: Tensor) {
  const length = ops.sqrt(ops.add(ops.sum(ops.square(counts), 1, true), 1e-6))
  const inner = ops.tanh(ops.matMul(ops.dropout(ops.div(counts, length), 0.3), weights.encode))
  const [centre, spread] = [ops.matMul(inner, weights.centre), ops.matMul(inner, weights.spread)]
  const sample = ops.add(centre, ops.mul(ops.exp(ops.mul(0.5, spread)), ops.normal([counts.shape[0]!, DIM])))
  return { logits: ops.add(ops.matMul(sample, weights.decode), weights.bias), centre, spread }
}

const block = selfAttention({ length: LENGTH, dim: DIM, heads: 2, inner: 7 })
/** Items and places looked up, causal self-attention, tied output embedding at every place (Kang, McAuley: SASRec, 2018). */
const sasrec: Network = network({
  name: 'sasrec',
  weights: { ...block.weights, ...drawWeights({ items: [ITEMS, DIM], places: [LENGTH, DIM] }, 6) },
  inputs: { history, targets: history },
  outputs: [[LENGTH, ITEMS]],
  forward(ops, weights, { history }) {
    const rows = history.shape[0]!
    const sequence = ops.add(ops.gather(weights.items, history), weights.places)
    const states = block.forward(ops, weights, { sequence })
    return ops.reshape(ops.matMul(ops.reshape(states, [rows * LENGTH, DIM]), weights.items, false, true), [rows, LENGTH, ITEMS])
  },
  loss(ops, weights, inputs) {
    const scores = scoresOf(sasrec, ops, weights, inputs)
    const flat = ops.reshape(scores, [scores.size / ITEMS, ITEMS])
    return ops.crossEntropy(flat, ops.reshape(inputs.targets, [flat.shape[0]!]))
  },
})

const classifier = mlp({ features: 7, hidden: [9, 5] })
/** Dense layers with relu, tanh, sigmoid and dropout; cross-entropy of one probability, with L2. */
const perceptron: Network = network({
  ...classifier,
  inputs: { ...classifier.inputs, label: { shape: [], type: 'int32', below: 2 } },
  forward: (ops, weights, inputs) => classifier.forward(ops, weights, inputs),
  loss(ops, weights, inputs) {
    const chance = ops.clip(classifier.forward(ops, weights, inputs), 1e-6, 1 - 1e-6)
    const label = ops.cast(inputs.label, 'float32')
    const right = ops.add(ops.mul(label, ops.log(chance)), ops.mul(ops.sub(1, label), ops.log(ops.sub(1, chance))))
    return ops.add(ops.neg(ops.mean(right)), ops.mul(0.01, ops.sum(ops.square(weights.w1))))
  },
})

/** Larger than what tfjs leaves to the CPU on a GPU: products of whole tiles and their remainders. */
const wide: Network = network({
  ...mlp({ features: 129, hidden: [257, 65] }),
  name: 'wide',
  loss: (ops) => ops.scalar(0),
})

export const NETWORKS: readonly Network[] = [perceptron, gru, caser, vae, sasrec]
export const WIDE: Network = wide

/** Infers the names of weights and inputs, then forgets them. */
function network<W extends string, I extends string>(definition: Definition<W, I>): Network {
  return definition
}

/** The one output of a network. */
function scoresOf(from: Network, ops: Ops, weights: TensorMap<string>, inputs: TensorMap<string>): Tensor {
  return from.forward(ops, weights, inputs) as Tensor // it has one output
}
