import { GpuService } from '../../worker/compute/gpu-service'
import { JsIndex } from '../../worker/compute/js-index'
import { createWebGpuIndex } from '../../worker/compute/webgpu-index'
import { randomMatrix, randomQueries } from './reference-top-k'

/** Scores on the GPU inside a worker, where the engine lives, and says whether plain JavaScript agrees. */
async function compare() {
  const matrix = randomMatrix(2000, 64, 3)
  const queries = randomQueries(3, 64, 4)
  const plain = new JsIndex(matrix)
  const lease = await new GpuService(navigator.gpu).lease()
  const index = await createWebGpuIndex(lease, matrix, plain)
  const onGpu = await index.topK(queries, 10)
  const onCpu = await plain.topK(queries, 10)
  index.dispose()
  return {
    backend: index.backend,
    isEqual: JSON.stringify(onGpu) === JSON.stringify(onCpu),
    best: [...onGpu[0]!.indices],
    lost: lease.lost,
  }
}

compare().then(
  (result) => postMessage(result),
  (thrown: unknown) => postMessage({ thrown: String(thrown) }),
)
