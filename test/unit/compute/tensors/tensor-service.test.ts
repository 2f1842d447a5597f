import { expect, test } from 'vitest'
import { mlp } from '../../../support/models/mlp'
import { nodeTensors } from '../../../support/node-tensors'

test('runs', async () => {
  const tensors = nodeTensors()
  const model = await tensors.load(mlp())
  const [out] = await model.run({ features: new Float32Array(128).fill(0.1) })
  console.log(out, tensors.status)
  await tensors.configure('js')
  console.log(await model.run({ features: new Float32Array(128).fill(0.1) }), tensors.status)
  await tensors.close()
})
