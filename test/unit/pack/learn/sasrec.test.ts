import { expect, test } from 'vitest'
import { sasrec } from '../../../../pack/learn/sasrec'
import { followed, learnSmall, STEPS } from '../../../support/learn-from-steps'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()

test('learns what follows what', async () => {
  const part = await learnSmall(sasrec, { ...STEPS, tensors: tensors() }, { length: 6, heads: 2, epochs: 30 })
  expect((await followed(part, tensors())).right).toBe(12)
}, 60_000)

test('knows nothing of an item that too few visitors saw, or none', async () => {
  const part = await learnSmall(sasrec, { ...STEPS, tensors: tensors() }, { length: 6, epochs: 1 })
  const { out } = await followed(part, tensors())
  expect([...out.subarray(12)]).toEqual([0, 0])
  expect(Math.min(...out.subarray(0, 12))).toBeGreaterThan(0)
}, 60_000)
