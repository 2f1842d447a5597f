import { inputsOf, type Network } from '../../worker/models/network'
import { drawnRows } from './drawn-rows'
import { answersLoss, type Lesson } from './lesson'
import { packedRows } from './packed-rows'

/** Teaches a sequential network at every position of every sequence: what comes next is the right answer, others are drawn. */
export function packedSequences(network: Network): Lesson {
  return ({ sequences, items, settings }) => {
    const length = network.length(settings)
    const { items: history, places, filled } = inputsOf(length, items)
    const draws = drawnRows(items, settings)
    return {
      inputs: { items: history, places, filled, targets: history, ...draws.inputs },
      rows(random) {
        const { count, rows } = packedRows(sequences, length, random)
        return { ...rows, ...draws.rows(count, random) }
      },
      loss(ops, weights, inputs) {
        const states = network.states(ops, weights, inputs, settings)
        return answersLoss(network, ops, weights, inputs, states, inputs.filled!)
      },
    }
  }
}
