import * as tf from '@tensorflow/tfjs-core'

const BETA_1 = 0.9
const BETA_2 = 0.999
const EPSILON = 1e-8

/** A weight with its running means of gradient and squared gradient, all of one shape. */
export type AdamState = readonly [weight: tf.Tensor, mean: tf.Tensor, square: tf.Tensor]

/**
 * One step of Adam with the paper's default constants.
 * @param step from 1 on.
 * @returns new tensors; the old ones stay as they are.
 * Source: Kingma, Ba: Adam, ICLR 2015, Algorithm 1, with both corrections drawn into the step size as the end of section 2 has it
 * (epsilon is scaled likewise, so that the result is that of Algorithm 1).
 */
export function adamStep([weight, mean, square]: AdamState, gradient: tf.Tensor, step: number, learningRate: number): AdamState {
  const rest = Math.sqrt(1 - BETA_2 ** step)
  const rate = (learningRate * rest) / (1 - BETA_1 ** step)
  const nextMean = tf.add(tf.mul(mean, BETA_1), tf.mul(gradient, 1 - BETA_1))
  const nextSquare = tf.add(tf.mul(square, BETA_2), tf.mul(tf.square(gradient), 1 - BETA_2))
  const move = tf.div(tf.mul(nextMean, rate), tf.add(tf.sqrt(nextSquare), EPSILON * rest))
  return [tf.sub(weight, move), nextMean, nextSquare]
}
