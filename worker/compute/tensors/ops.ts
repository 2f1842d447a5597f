import * as tf from '@tensorflow/tfjs-core'

/**
 * What networks are built of: a closed set of tfjs' operations, each of which runs on every backend, and so does its gradient where it has
 * one. tfjs documents them (https://js.tensorflow.org/api/4.22.0/). What is not here is not bundled. `gather` takes no `batchDims`: its
 * gradient needs operations that are not bundled.
 */
const FIXED = {
  // elementwise, with broadcasting
  add: tf.add,
  sub: tf.sub,
  mul: tf.mul,
  div: tf.div,
  pow: tf.pow,
  maximum: tf.maximum,
  minimum: tf.minimum,
  squaredDifference: tf.squaredDifference,
  abs: tf.abs,
  neg: tf.neg,
  square: tf.square,
  sqrt: tf.sqrt,
  rsqrt: tf.rsqrt,
  exp: tf.exp,
  log: tf.log,
  erf: tf.erf,
  clip: tf.clipByValue,
  relu: tf.relu,
  sigmoid: tf.sigmoid,
  tanh: tf.tanh,
  softplus: tf.softplus,
  // comparisons and choice; to a gradient, what they give is constant
  equal: still(tf.equal),
  notEqual: still(tf.notEqual),
  less: still(tf.less),
  lessEqual: still(tf.lessEqual),
  greater: still(tf.greater),
  greaterEqual: still(tf.greaterEqual),
  logicalAnd: still(tf.logicalAnd),
  logicalOr: still(tf.logicalOr),
  logicalNot: still(tf.logicalNot),
  where: tf.where,
  cast: tf.cast,
  // products, windows
  matMul: tf.matMul,
  conv1d: tf.conv1d,
  conv2d: tf.conv2d,
  maxPool: tf.maxPool,
  // along an axis; to a gradient, argMax and topk are constant
  sum: tf.sum,
  mean: tf.mean,
  max: tf.max,
  min: tf.min,
  argMax: still(tf.argMax),
  topk: still(tf.topk),
  cumsum: tf.cumsum,
  softmax: tf.softmax,
  logSoftmax: tf.logSoftmax,
  logSumExp: tf.logSumExp,
  // shape
  reshape: tf.reshape,
  transpose: tf.transpose,
  expandDims: tf.expandDims,
  squeeze: tf.squeeze,
  concat: tf.concat,
  stack: tf.stack,
  unstack: tf.unstack,
  split: tf.split,
  slice: tf.slice,
  gather: tf.gather,
  tile: tf.tile,
  pad: tf.pad,
  // made
  tensor: tf.tensor,
  scalar: tf.scalar,
  fill: tf.fill,
  zeros: tf.zeros,
  ones: tf.ones,
  /** The same values, constant to a gradient. */
  stopGradient: still((values: tf.Tensor): tf.Tensor => tf.clone(values)),
  zerosLike: tf.zerosLike,
  onesLike: tf.onesLike,
  range: tf.range,
  oneHot: tf.oneHot,
}

/** The operations a network may use. Those that draw do nothing at inference, so that one `forward` serves both. */
export type Ops = typeof FIXED & {
  /**
   * Training: each value is zero with probability `rate` (0 to below 1), else divided by 1 - rate (Srivastava et al., JMLR 15, 2014).
   * Inference: `values` itself.
   */
  dropout(values: tf.Tensor, rate: number): tf.Tensor
  /** Training: independent draws from the standard normal distribution. Inference: zeros. */
  normal(shape: number[]): tf.Tensor
  /**
   * Normalizes over the last axis to mean 0 and variance 1, then scales and shifts (Ba, Kiros, Hinton: Layer Normalization, 2016, eq. 4).
   * @param gain, bias [last extent]. `epsilon` 1e-5 is added to the variance, so that equal values give the bias.
   */
  layerNorm(values: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor
  /**
   * Mean over rows of -log softmax(logits)[target].
   * @param logits [rows, classes]. @param targets [rows] int32, below `classes`. @returns one value.
   */
  crossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor
}

/** @param random draws in [0, 1) for training; absent at inference. */
export function createOps(random?: () => number): Ops {
  return {
    ...FIXED,
    ...(random ? drawing(random) : { dropout: (values) => values, normal: (shape) => tf.zeros(shape) }),
    layerNorm,
    crossEntropy,
  }
}

/**
 * An operation whose results are constant to a gradient. tfjs has no gradient for a comparison and would refuse to train a network that
 * has one; as if within a kernel, it does not record.
 */
function still<Args extends unknown[], Result>(operation: (...args: Args) => Result): (...args: Args) => Result {
  return (...args) => {
    const { state } = tf.engine()
    state.kernelDepth++
    try {
      return operation(...args)
    } finally {
      state.kernelDepth--
    }
  }
}

function drawing(random: () => number): Pick<Ops, 'dropout' | 'normal'> {
  return {
    dropout(values, rate) {
      const kept = 1 / (1 - rate)
      const mask = new Float32Array(values.size)
      for (let at = 0; at < mask.length; at++) mask[at] = random() < rate ? 0 : kept
      return tf.mul(values, tf.tensor(mask, values.shape))
    },
    // Box and Muller, Annals of Mathematical Statistics 29 (1958). 1 - random() is never 0, so the logarithm is finite.
    normal: (shape) =>
      tf.tensor(
        Float32Array.from(
          { length: shape.reduce((a, b) => a * b, 1) },
          () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random()),
        ),
        shape,
      ),
  }
}

const LAYER_NORM_EPSILON = 1e-5

function layerNorm(values: tf.Tensor, gain: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const centred = tf.sub(values, tf.mean(values, -1, true))
  const variance = tf.mean(tf.square(centred), -1, true)
  return tf.add(tf.mul(tf.mul(centred, tf.rsqrt(tf.add(variance, LAYER_NORM_EPSILON))), gain), bias)
}

function crossEntropy(logits: tf.Tensor, targets: tf.Tensor): tf.Tensor {
  const hit = tf.oneHot(targets, logits.shape[1]!)
  // The hit's own logit and the rest apart: far cheaper in memory than a log softmax of everything, times a mask.
  return tf.mean(tf.sub(tf.logSumExp(logits, -1), tf.sum(tf.mul(logits, hit), -1)))
}
