import type { InputSpec, Model, Shape, Tensor, TensorMap, Weight } from '../compute/tensors/model'
import type { Ops } from '../compute/tensors/ops'
import type { ModelName, Settings } from './model-part'
import type { WeightShapes } from './network-weights'

/** What sets one network that scores items apart from another. Learning and scoring share it. */
export interface Network {
  readonly name: ModelName
  /** Sizes that `settings` ask for. @param items rows of the tables of items. */
  shapes(settings: Settings, items: number): WeightShapes
  /** Table, [items, dim], that states are compared with. */
  readonly table: string
  /** A weight [items] added to each item's logit. */
  readonly bias?: string
  /** Items of a visit that it reads, the last ones. */
  length(settings: Settings): number
  /**
   * What the network has understood, [rows × states a row, dim]; the last of a row (or the only one) says what comes next.
   * @param inputs those of `lastItems`.
   */
  states(ops: Ops, weights: TensorMap<string>, inputs: TensorMap<string>, settings: Settings): Tensor
}

/** What `lastItems` makes, as inputs. */
export function inputsOf(length: number, items: number): Record<'items' | 'places' | 'filled', InputSpec> {
  const shape: Shape = [length]
  return {
    items: { shape, type: 'int32', below: items },
    places: { shape, type: 'int32', below: length },
    filled: { shape, type: 'float32' },
  }
}

/** A network as it scores: its one output is a logit for each item. @param weights kept, not copied. */
export function scoringModel(network: Network, weights: Record<string, Weight>, settings: Settings): Model {
  const items = weights[network.table]!.shape[0]!
  return {
    name: network.name,
    weights,
    inputs: inputsOf(network.length(settings), items),
    outputs: [[items]],
    forward(ops, tensors, inputs) {
      const rows = inputs.items!.shape[0]!
      const states = network.states(ops, tensors, inputs, settings)
      const dim = states.shape[1]!
      const last = ops.slice(ops.reshape(states, [rows, -1, dim]), [0, states.shape[0]! / rows - 1, 0], [rows, 1, dim])
      // With the small factor transposed, not the table: the WebAssembly backend is 20 times slower where it must read one transposed.
      const logits = ops.transpose(ops.matMul(tensors[network.table]!, ops.transpose(ops.reshape(last, [rows, dim]))))
      return network.bias ? ops.add(logits, tensors[network.bias]!) : logits
    },
  }
}

/** values [..., a] times weight [a, b], as one product of two matrices. */
export function applied(ops: Ops, values: Tensor, weight: Tensor): Tensor {
  const [inner, outer] = weight.shape as [number, number] // a matrix
  const flat = ops.matMul(ops.reshape(values, [values.size / inner, inner]), weight)
  return ops.reshape(flat, [...values.shape.slice(0, -1), outer])
}
