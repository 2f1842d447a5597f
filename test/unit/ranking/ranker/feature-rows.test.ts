import { expect, test } from 'vitest'
import type { Recommender } from '../../../../worker/models/recommender'
import { FeatureRowMaker } from '../../../../worker/ranking/ranker/feature-rows'

/** Says the item after the last of the visit, after a turn of the event loop. */
const next: Recommender = {
  name: 'transitions',
  itemCount: 6,
  async score({ items }, out) {
    out.fill(0)
    await Promise.resolve()
    out[items.at(-1)! + 1] = 1
  },
  explain: (_visit, _item, out) => void out.fill(0),
}

test('visits that are asked about side by side do not see one another', async () => {
  const maker = new FeatureRowMaker([{ model: next, view: 'all', typical: 1 }], 3)
  const [one, other, given] = await Promise.all([
    maker.candidates({ items: Int32Array.of(0) }),
    maker.candidates({ items: Int32Array.of(2) }),
    maker.rowsOf(Int32Array.of(5), { items: Int32Array.of(4) }),
  ])
  expect([...one.items].sort()).toEqual([0, 1])
  expect([...other.items].sort()).toEqual([2, 3])
  expect(given.values[0]).toBeGreaterThan(0)
})

test('one that fails does not stop the next', async () => {
  let isBroken = true
  const model: Recommender = {
    ...next,
    score(visit, out) {
      if (isBroken) throw new Error('broken')
      return next.score(visit, out)
    },
  }
  const maker = new FeatureRowMaker([{ model, view: 'all', typical: 1 }], 3)
  await expect(maker.candidates({ items: Int32Array.of(0) })).rejects.toThrow('broken')
  isBroken = false
  expect([...(await maker.candidates({ items: Int32Array.of(0) })).items].sort()).toEqual([0, 1])
})
