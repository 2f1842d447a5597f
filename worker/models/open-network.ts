import type { TensorService } from '../compute/tensors/tensor-service'
import { type KnownItems, readKnownItems } from './known-items'
import { lastItems } from './last-items'
import type { ModelPart } from './model-part'
import { type Network, scoringModel } from './network'
import { networkWeights } from './network-weights'
import type { Recommender } from './recommender'

/**
 * Makes a recommender of a network. A score is the probability that the item comes next, among those that the network knows; an item it does
 * not know has 0, and so have all where it knows none of the visit. What the visit's times and weights are does not matter to it.
 * `explain` says by how much the probability falls when a position is left out. A visitor is read anew each time, whether learned from or
 * not, so there is nothing to learn on the device.
 * @throws SottoError `pack-invalid` naming the tensor that is missing or of another shape.
 */
export async function openNetwork(network: Network, part: ModelPart, tensors: TensorService): Promise<Recommender> {
  const known = readKnownItems(part)
  const { settings } = part
  const length = network.length(settings)
  const model = await tensors.load(scoringModel(network, networkWeights(part, network.shapes(settings, known.rows.length)), settings))
  const logitsOf = async (visits: readonly Int32Array[]) => (await model.run(lastItems(visits, length)))[0]!
  return {
    name: network.name,
    itemCount: known.itemCount,
    async score({ items }, out) {
      out.fill(0)
      const visit = known.among(items)
      if (visit.length === 0) return
      const chances = softmax(await logitsOf([visit]))
      for (let number = 0; number < chances.length; number++) out[known.rows[number]!] = chances[number]!
    },
    async explain({ items }, item, out) {
      out.fill(0)
      const number = known.numberOf(item)
      const positions = lastKnown(known, items, length)
      if (number < 0 || positions.length === 0) return
      const visits = [known.among(items), ...positions.map((position) => known.among(items.filter((_, at) => at !== position)))]
      const logits = await logitsOf(visits)
      const chanceIn = (visit: number) =>
        visits[visit]!.length && softmax(logits.subarray(visit * known.rows.length, (visit + 1) * known.rows.length))[number]!
      const all = chanceIn(0)
      positions.forEach((position, at) => {
        out[position] = Math.max(0, all - chanceIn(at + 1))
      })
    },
    dispose: () => model.dispose(),
  }
}

/** Positions of the last `count` known items, oldest first. */
function lastKnown(known: KnownItems, items: Int32Array, count: number): number[] {
  return [...items.keys()].filter((at) => known.numberOf(items[at]!) >= 0).slice(-count)
}

/** In place. */
function softmax(logits: Float32Array): Float32Array {
  let largest = Number.NEGATIVE_INFINITY
  for (const logit of logits) largest = Math.max(largest, logit)
  let sum = 0
  for (let at = 0; at < logits.length; at++) sum += logits[at] = Math.exp(logits[at]! - largest)
  for (let at = 0; at < logits.length; at++) logits[at]! /= sum
  return logits
}
