import { expect, test } from 'vitest'
import { multVae } from '../../../../pack/learn/mult-vae'
import { openModel } from '../../../../worker/models/open-model'
import { learnSmall } from '../../../support/learn-from-steps'
import { twoTastes } from '../../../support/make-log'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()

test('learns what goes with what', async () => {
  const input = { log: twoTastes(60), support: 3, seed: 5, tensors: tensors() }
  const model = await openModel(await learnSmall(multVae, input, { length: 4 }), tensors())
  const out = new Float32Array(8)
  for (let left = 0; left < 8; left++) {
    const taste = left < 4 ? [0, 1, 2, 3] : [4, 5, 6, 7]
    await model.score({ items: Int32Array.from(taste.filter((item) => item !== left)) }, out)
    const others = [...out.keys()].filter((item) => !taste.includes(item))
    expect(out[left]).toBeGreaterThan(Math.max(...others.map((item) => out[item]!)))
  }
  model.dispose?.()
}, 60_000)
