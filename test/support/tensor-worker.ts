import { pause } from '../../worker/catalog/slices'
import { GpuService } from '../../worker/compute/gpu-service'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import { mlp } from './models/mlp'
import { drawRows } from './tensor-rows'

/** Runs a model in a worker that is built as the product's is: asked with a choice of backend, it answers with results and status. */
addEventListener('message', async ({ data: choice }) => {
  try {
    const tensors = new TensorService({ gpu: new GpuService(navigator.gpu), pause, onChange: () => {} })
    await tensors.configure(choice)
    const definition = mlp({ features: 40, hidden: [64, 40] })
    const model = await tensors.load(definition)
    const [found] = await model.run(drawRows(definition, 40, 3))
    postMessage({ found: [...found!], status: tensors.status, isolated: crossOriginIsolated })
    await tensors.close()
  } catch (thrown) {
    postMessage({ thrown: String(thrown) })
  }
})
