import type { Tensor, TensorMap } from '../../worker/compute/tensors/model'
import type { Ops } from '../../worker/compute/tensors/ops'
import type { Settings } from '../../worker/models/model-part'
import type { Network } from '../../worker/models/network'
import type { NetworkTask } from './network-training'
import { softmaxLoss } from './softmax-loss'

/** How a network is taught: what its batches hold and what the loss is. */
export type Lesson = (from: {
  /** Items as the network numbers them. */
  readonly sequences: readonly Int32Array[]
  /** Known ones. */
  readonly items: number
  readonly settings: Settings
}) => Pick<NetworkTask, 'inputs' | 'rows' | 'loss'>

/**
 * The loss of right answers, `inputs.targets`, against those drawn, `inputs.drawn`, or all where that is absent.
 * @param worth of the size of the targets, 0 for those that do not count.
 */
export function answersLoss(
  network: Network,
  ops: Ops,
  weights: TensorMap<string>,
  { targets, drawn }: TensorMap<string>,
  states: Tensor,
  worth: Tensor,
): Tensor {
  const flat = (values: Tensor) => ops.reshape(values, [values.size])
  const candidates = {
    table: weights[network.table]!,
    bias: network.bias === undefined ? undefined : weights[network.bias],
    drawn: drawn && flat(drawn),
  }
  return softmaxLoss(ops, states, candidates, flat(targets!), flat(ops.cast(worth, 'float32')))
}
