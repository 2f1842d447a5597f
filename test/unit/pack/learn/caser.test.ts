import { expect, test } from 'vitest'
import { caser } from '../../../../pack/learn/caser'
import { followed, learnSmall, STEPS } from '../../../support/learn-from-steps'
import { withTensors } from '../../../support/with-tensors'

const tensors = withTensors()

test('learns what follows what', async () => {
  const part = await learnSmall(caser, { ...STEPS, tensors: tensors() }, { length: 6 })
  expect((await followed(part, tensors())).right).toBe(12)
}, 60_000)
