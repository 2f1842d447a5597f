import { expect, test } from 'vitest'
import { gru } from '../../../../pack/learn/gru'
import { followed, learnSmall, STEPS } from '../../../support/learn-from-steps'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()

test('learns what follows what', async () => {
  const part = await learnSmall(gru, { ...STEPS, tensors: tensors() }, { length: 6 })
  expect((await followed(part, tensors())).right).toBe(12)
}, 60_000)
