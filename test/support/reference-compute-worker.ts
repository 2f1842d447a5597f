import { chooseIndex } from '../../worker/compute/choose-index'
import { JsIndex } from '../../worker/compute/js-index'
import { randomMatrix, randomQueries } from './reference-top-k'

/** Scores on the GPU inside a worker, where the engine lives, and says whether plain JavaScript agrees. */
async function compare() {
  const matrix = randomMatrix(2000, 64, 3)
  const queries = randomQueries(3, 64, 4)
  const loadWebGpu = () => import('../../worker/compute/webgpu-index')
  const { index, status } = await chooseIndex({ choice: 'webgpu', matrix, gpu: navigator.gpu, loadWebGpu })
  const onGpu = await index.topK(queries, 10)
  const plain = await new JsIndex(matrix).topK(queries, 10)
  return { status, backend: index.backend, isEqual: JSON.stringify(onGpu) === JSON.stringify(plain), best: [...onGpu[0]!.indices] }
}

compare().then(
  (result) => postMessage(result),
  (thrown: unknown) => postMessage({ thrown: String(thrown) }),
)
