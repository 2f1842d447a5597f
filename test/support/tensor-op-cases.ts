import type { Tensor } from '../../worker/compute/tensors/model'
import type { Ops } from '../../worker/compute/tensors/ops'
import { drawWeights } from './models/draw-weights'
import type { Network } from './tensor-networks'

type Case = (ops: Ops, a: Tensor, b: Tensor) => Tensor | readonly Tensor[]

/** At least one use of every operation, on a of [3, 4] and b of [3, 4], all positive. Those without a gradient of their own choose. */
const CASES: Readonly<Record<keyof Ops, Case>> = {
  add: (ops, a, b) => ops.add(a, b),
  sub: (ops, a, b) => ops.sub(a, b),
  mul: (ops, a, b) => ops.mul(a, b),
  div: (ops, a, b) => ops.div(a, b),
  pow: (ops, a, b) => ops.pow(a, b),
  maximum: (ops, a, b) => ops.maximum(a, b),
  minimum: (ops, a, b) => ops.minimum(a, b),
  squaredDifference: (ops, a, b) => ops.squaredDifference(a, b),
  abs: (ops, a, b) => ops.abs(ops.sub(a, b)),
  neg: (ops, a) => ops.neg(a),
  square: (ops, a) => ops.square(a),
  sqrt: (ops, a) => ops.sqrt(a),
  rsqrt: (ops, a) => ops.rsqrt(a),
  exp: (ops, a) => ops.exp(a),
  log: (ops, a) => ops.log(a),
  erf: (ops, a) => ops.erf(a),
  clip: (ops, a) => ops.clip(a, 0.8, 1.2),
  relu: (ops, a, b) => ops.relu(ops.sub(a, b)),
  sigmoid: (ops, a) => ops.sigmoid(a),
  tanh: (ops, a) => ops.tanh(a),
  softplus: (ops, a) => ops.softplus(a),
  equal: (ops, a, b) => ops.where(ops.equal(a, b), a, b),
  notEqual: (ops, a, b) => ops.where(ops.notEqual(a, b), a, b),
  less: (ops, a, b) => ops.where(ops.less(a, b), a, b),
  lessEqual: (ops, a, b) => ops.where(ops.lessEqual(a, b), a, b),
  greater: (ops, a, b) => ops.where(ops.greater(a, b), a, b),
  greaterEqual: (ops, a, b) => ops.where(ops.greaterEqual(a, b), a, b),
  logicalAnd: (ops, a, b) => ops.where(ops.logicalAnd(ops.greater(a, b), ops.greater(a, 1)), a, b),
  logicalOr: (ops, a, b) => ops.where(ops.logicalOr(ops.greater(a, b), ops.greater(a, 1)), a, b),
  logicalNot: (ops, a, b) => ops.where(ops.logicalNot(ops.greater(a, b)), a, b),
  where: (ops, a, b) => ops.where(ops.greater(a, 1), ops.square(a), ops.square(b)),
  cast: (ops, a, b) => ops.mul(a, ops.cast(ops.greater(b, 1), 'float32')),
  matMul: (ops, a, b) => [ops.matMul(a, b, false, true), ops.matMul(a, b, true), ops.matMul(cube(ops, a), cube(ops, b), false, true)],
  conv1d: (ops, a, b) => [
    ops.conv1d(shaped(ops, a, [1, 6, 2]), shaped(ops, b, [3, 2, 2]), 1, 'same'),
    ops.conv1d(shaped(ops, a, [2, 3, 2]), shaped(ops, b, [2, 2, 3]), 1, 'valid'),
  ],
  conv2d: (ops, a, b) => [
    ops.conv2d(image(ops, a), shaped(ops, b, [2, 2, 1, 3]), 1, 'valid'),
    ops.conv2d(image(ops, a), shaped(ops, b, [2, 3, 1, 2]), [2, 1], 'same'),
    ops.conv2d(shaped(ops, a, [2, 3, 1, 2]), shaped(ops, b, [3, 1, 2, 2]), 1, 'valid'),
  ],
  maxPool: (ops, a) => [ops.maxPool(image(ops, a), [3, 1], 1, 'valid'), ops.maxPool(image(ops, a), 2, 2, 'same')],
  sum: (ops, a) => [ops.sum(a), ops.sum(a, 0), ops.sum(a, -1, true)],
  mean: (ops, a) => [ops.mean(a), ops.mean(a, 0), ops.mean(a, -1, true)],
  max: (ops, a) => [ops.max(a), ops.max(a, 0), ops.max(a, -1, true)],
  min: (ops, a) => [ops.min(a), ops.min(a, 0), ops.min(a, -1, true)],
  argMax: (ops, a, b) => ops.gather(b, ops.argMax(ops.slice(a, [0, 0], [3, 3]), 1)),
  topk: (ops, a, b) => ops.gather(b, ops.topk(ops.slice(a, [0, 0], [3, 3]), 2).indices),
  cumsum: (ops, a) => ops.cumsum(a, 1),
  softmax: (ops, a) => ops.softmax(a, -1),
  logSoftmax: (ops, a) => ops.logSoftmax(a, -1),
  logSumExp: (ops, a) => [ops.logSumExp(a), ops.logSumExp(a, 1)],
  reshape: (ops, a) => ops.reshape(a, [2, -1]),
  transpose: (ops, a, b) => [ops.mul(ops.transpose(a), 2), ops.transpose(cube(ops, b), [2, 0, 1])],
  expandDims: (ops, a) => ops.expandDims(a, 1),
  squeeze: (ops, a) => ops.squeeze(ops.reshape(a, [3, 1, 4]), [1]),
  concat: (ops, a, b) => [ops.concat([a, b], 0), ops.concat([a, b, a], 1)],
  stack: (ops, a, b) => ops.stack([a, b], 1),
  unstack: (ops, a) => ops.mul(ops.unstack(a, 1)[2]!, ops.unstack(a, 1)[0]!),
  split: (ops, a) => ops.mul(...(ops.split(a, 2, 1) as [Tensor, Tensor])),
  slice: (ops, a) => ops.slice(a, [1, 1], [2, 3]),
  gather: (ops, a) => [
    ops.gather(a, ops.tensor(Int32Array.of(2, 0, 2, 2), [2, 2], 'int32')),
    ops.gather(a, ops.tensor(Int32Array.of(3, 1), [2], 'int32'), 1),
  ],
  tile: (ops, a) => ops.tile(a, [2, 1]),
  pad: (ops, a) =>
    ops.pad(a, [
      [1, 0],
      [0, 2],
    ]),
  tensor: (ops, a) => ops.mul(a, ops.tensor(Float32Array.of(1, 2, 3, 4), [4])),
  scalar: (ops, a) => ops.mul(a, ops.scalar(3)),
  fill: (ops, a) => ops.mul(a, ops.fill([3, 4], 2)),
  zeros: (ops, a) => ops.add(a, ops.zeros([3, 4])),
  ones: (ops, a) => ops.add(a, ops.ones([3, 4])),
  stopGradient: (ops, a) => ops.mul(a, ops.stopGradient(ops.fill([3, 4], 2))),
  zerosLike: (ops, a) => ops.add(a, ops.zerosLike(a)),
  onesLike: (ops, a) => ops.add(a, ops.onesLike(a)),
  range: (ops, a) => ops.mul(a, ops.range(1, 5)),
  oneHot: (ops, a) => ops.mul(a, ops.oneHot(ops.tensor(Int32Array.of(2, 0, 3), [3], 'int32'), 4)),
  dropout: (ops, a) => ops.dropout(a, 0.4),
  normal: (ops, a) => ops.mul(a, ops.normal([3, 4])),
  layerNorm: (ops, a, b) => ops.layerNorm(a, ops.slice(b, [0, 0], [1, 4]), ops.slice(b, [1, 0], [1, 4])),
  crossEntropy: (ops, a) => ops.crossEntropy(a, ops.tensor(Int32Array.of(2, 0, 3), [3], 'int32')),
}

const cube = (ops: Ops, x: Tensor): Tensor => ops.reshape(x, [2, 3, 2])
const shaped = (ops: Ops, x: Tensor, shape: number[]) => ops.reshape(x, shape) as never // of as many axes as its user asks for
const image = (ops: Ops, x: Tensor) => shaped(ops, x, [1, 3, 4, 1])

/** One network an operation; its loss is the mean over outputs of their sums of squares, half of which flows through b. */
export const OPERATIONS: readonly Network[] = Object.entries(CASES).map(([name, use], i) => {
  const weights = drawWeights({ a: [3, 4], b: [3, 4] }, 40 + i)
  for (const { values } of Object.values(weights)) for (const [slot, value] of values.entries()) values[slot] = 1 + value / 2
  return {
    name,
    weights,
    inputs: { rows: { shape: [], type: 'float32' } },
    outputs: [],
    forward: () => [],
    loss(ops, { a, b }, { rows }) {
      const made = use(ops, a!, b!)
      const parts = (Array.isArray(made) ? made : [made]) as Tensor[]
      const total = parts.map((part) => ops.mean(ops.square(part))).reduce((sum, part) => ops.add(sum, part))
      return ops.add(ops.add(total, ops.mean(ops.mul(a!, b!))), ops.mean(rows!))
    },
  }
})
