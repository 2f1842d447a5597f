import type { Tensor } from '../../worker/compute/tensors/model'
import type { Ops } from '../../worker/compute/tensors/ops'

/** What the right answers are compared with. */
export type Candidates = {
  /** [items, dim] */
  readonly table: Tensor
  /** [items], added to logits. */
  readonly bias?: Tensor | undefined
  /** [count] int32, items drawn at random, all alike; absent: every item. */
  readonly drawn?: Tensor | undefined
}

/**
 * Cross-entropy of right answers against sampled ones, which all states share: -log(exp(right) / (exp(right) + Σ exp(drawn))). Drawn
 * uniformly, their logits need no correction, since all would have the same. Where the right answer is drawn too it counts twice, which with
 * some hundred of some thousand items moves the loss little.
 * @param states [count, dim]. @param targets [count × k] int32: the k right answers of each state, one after the other.
 * @param worth [count × k], 0 for answers that do not count.
 * @returns mean over answers by worth, one value.
 * Source: Jean et al.: On Using Very Large Target Vocabulary, ACL 2015, section 3; for sequences of items Klenitskiy, Vasilev: Turning Dross
 * Into Gold Loss, RecSys 2023.
 */
export function softmaxLoss(ops: Ops, states: Tensor, { table, bias, drawn }: Candidates, targets: Tensor, worth: Tensor): Tensor {
  const [count, dim] = states.shape as [number, number]
  const each = targets.size / count
  const answers = ops.reshape(ops.gather(table, targets), [count, each, dim])
  const hits = ops.sum(ops.mul(answers, ops.reshape(states, [count, 1, dim])), -1)
  const right = bias ? ops.add(hits, ops.reshape(ops.gather(bias, targets), [count, each])) : hits
  const others = drawn ? ops.gather(table, drawn) : table
  const products = ops.matMul(states, ops.transpose(others))
  const otherBias = bias && drawn ? ops.gather(bias, drawn) : bias
  const rest = ops.reshape(logSumExp(ops, otherBias ? ops.add(products, otherBias) : products), [count, 1])
  const losses = drawn ? ops.softplus(ops.sub(rest, right)) : ops.sub(rest, right)
  const counted = ops.reshape(worth, [count, each])
  return ops.div(ops.sum(ops.mul(losses, counted)), ops.maximum(ops.sum(counted), 1))
}

/**
 * log Σ exp over the last axis. The WebAssembly backend takes 7 times as long for an exponential as for a whole softmax, of which the
 * same follows: at the largest logit it is 1 / Σ exp(logit - largest), and it is the gradient.
 */
function logSumExp(ops: Ops, logits: Tensor): Tensor {
  const shares = ops.stopGradient(ops.softmax(logits, -1))
  const linear = ops.sum(ops.mul(shares, logits), -1)
  const value = ops.sub(ops.max(logits, -1), ops.log(ops.max(shares, -1)))
  return ops.add(linear, ops.stopGradient(ops.sub(value, linear)))
}
