import { describe, expect, test } from 'vitest'
import { packedRows } from '../../pack/learn/packed-rows'
import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import { lastItems } from '../../worker/models/last-items'
import type { Settings } from '../../worker/models/model-part'
import { inputsOf, type Network } from '../../worker/models/network'
import { drawnNetwork } from './network-cases'
import { nodeTensors } from './node-tensors'

/** In a row that several sequences share, each position understands what it would had its sequence ended there, alone in a row. */
export function packedCase(network: Network, settings: Settings): void {
  const items = 7
  const length = settings.length!
  const sequences = [
    [0, 1],
    [2, 3, 4],
    [5, 6, 0, 1, 2],
    [3, 3],
    [4, 5, 6],
  ].map((sequence) => Int32Array.from(sequence))

  describe(`${network.name} in rows of several sequences`, () => {
    test('no sequence sees another one', async () => {
      const tensors = nodeTensors()
      const model = await tensors.load({
        name: network.name,
        weights: drawnNetwork(network, settings, items),
        inputs: inputsOf(length, items),
        outputs: [[length, settings.dim!]],
        forward: (ops, weights, inputs) =>
          ops.reshape(network.states(ops, weights, inputs, settings), [inputs.items!.shape[0]!, length, settings.dim!]),
      })
      const { count, rows } = packedRows(sequences, length, seededRandom(1))
      expect(count).toBeLessThan(sequences.length)
      const [packed] = await model.run(rows)
      let compared = 0
      for (let at = 0; at < count * length; at++) {
        if (rows.filled![at] === 0) continue
        const visit = Int32Array.from(rows.items!.subarray(at - rows.places![at]!, at + 1))
        const [alone] = await model.run(lastItems([visit], length))
        for (let d = 0; d < settings.dim!; d++) {
          expect(packed![at * settings.dim! + d]).toBeCloseTo(alone![(length - 1) * settings.dim! + d]!, 5)
        }
        compared++
      }
      expect(compared).toBe(sequences.reduce((sum, sequence) => sum + sequence.length - 1, 0))
      await tensors.close()
    }, 60_000)
  })
}
