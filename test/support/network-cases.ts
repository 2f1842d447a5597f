import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Weight } from '../../worker/compute/tensors/model'
import { sizeOf } from '../../worker/compute/tensors/model'
import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelPart, Settings } from '../../worker/models/model-part'
import type { Network } from '../../worker/models/network'
import { openModel } from '../../worker/models/open-model'
import type { Recommender } from '../../worker/models/recommender'
import { nodeTensors } from './node-tensors'
import { REFERENCE_NETWORKS } from './reference-networks'

/** Rows 1 and 4 of the pack are not known to the network, the last is. */
const KNOWN = [0, 2, 3, 5, 6, 7, 8]
const ITEMS = 9

/** Weights of a network with its settings, drawn from a seed, none of them 0. */
export function drawnNetwork(network: Network, settings: Settings, items = KNOWN.length): Record<string, Weight> {
  const random = seededRandom(7)
  const entries = Object.entries(network.shapes(settings, items))
  return Object.fromEntries(
    entries.map(([name, shape]) => [name, { shape, values: Float32Array.from({ length: sizeOf(shape) }, () => 2 * random() - 1) }]),
  )
}

/** What every network must do, tried on one with these settings and drawn weights. */
export function networkCases(network: Network, settings: Settings): void {
  const weights = drawnNetwork(network, settings)
  const part: ModelPart = {
    model: network.name,
    settings: { ...settings, itemCount: ITEMS },
    tensors: {
      rows: { shape: [KNOWN.length], data: Uint32Array.from(KNOWN) },
      ...Object.fromEntries(Object.entries(weights).map(([name, { shape, values }]) => [name, { shape, data: Float32Array.from(values) }])),
    },
  }
  const reference = REFERENCE_NETWORKS[network.name as keyof typeof REFERENCE_NETWORKS] // networks are called as they are there
  const expected = (items: readonly number[]) => {
    const visit = items.map((item) => KNOWN.indexOf(item)).filter((number) => number >= 0)
    const chances = visit.length > 0 ? reference(weights, visit, settings) : []
    return Array.from({ length: ITEMS }, (_, item) => chances[KNOWN.indexOf(item)] ?? 0)
  }
  const lengths = Array.from({ length: settings.length! + 3 }, (_, length) => length + 1)

  describe(network.name, () => {
    let tensors: TensorService
    let model: Recommender
    beforeAll(async () => {
      tensors = nodeTensors()
      model = await openModel(part, tensors)
    }, 60_000)
    afterAll(async () => {
      model.dispose?.()
      await tensors.close()
    })

    const score = async (items: readonly number[]) => {
      const out = new Float32Array(ITEMS).fill(9)
      await model.score({ items: Int32Array.from(items) }, out)
      return [...out]
    }

    test.each(lengths)('scores as the slow reference does after %i items, some of them again or unknown', async (length) => {
      const items = Array.from({ length }, (_, at) => [8, 2, 1, 3, 3, 7, 0][at % 7]!)
      const found = await score(items)
      expected(items).forEach((chance, item) => {
        expect(found[item]).toBeCloseTo(chance, 5)
      })
      expect(found.reduce((sum, chance) => sum + chance)).toBeCloseTo(1, 5)
    })

    test('says nothing of a visit of which it knows nothing', async () => {
      expect(await score([])).toEqual(new Array(ITEMS).fill(0))
      expect(await score([1, 4, 1])).toEqual(new Array(ITEMS).fill(0))
      expect(model.itemCount).toBe(ITEMS)
    })

    test('explains by what is lost without each item', async () => {
      const items = [8, 1, 2, 3]
      const out = new Float32Array(items.length).fill(9)
      for (const item of KNOWN) {
        await model.explain({ items: Int32Array.from(items) }, item, out)
        const all = expected(items)[item]!
        items.forEach((own, at) => {
          const without = expected(items.filter((_, other) => other !== at))[item]!
          expect(out[at]).toBeCloseTo(own === 1 ? 0 : Math.max(0, all - without), 5)
        })
      }
    })

    test('explains the only item with the whole score, an unknown one and no items with nothing', async () => {
      const one = new Float32Array(1)
      await model.explain({ items: Int32Array.of(2) }, 5, one)
      expect(one[0]).toBeCloseTo(expected([2])[5]!, 5)
      await model.explain({ items: Int32Array.of(2) }, 4, one)
      expect([...one]).toEqual([0])
      await model.explain({ items: Int32Array.of() }, 5, new Float32Array(0))
    })

    test('a part that lacks a weight, or has too little of it, is refused by name', async () => {
      const name = Object.keys(weights).at(-1)!
      const { [name]: _, ...others } = part.tensors
      await expect(openModel({ ...part, tensors: others }, tensors)).rejects.toMatchObject({ code: 'pack-invalid' })
      const short = { ...part, tensors: { ...others, [name]: { shape: [1], data: Float32Array.of(1) } } }
      await expect(openModel(short, tensors)).rejects.toThrow(name)
      const { rows, ...rest } = part.tensors
      expect(rows).toBeDefined()
      await expect(openModel({ ...part, tensors: rest }, tensors)).rejects.toThrow('rows')
    })
  })
}
