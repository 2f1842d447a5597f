import * as tf from '@tensorflow/tfjs-core'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { pause } from '../../worker/catalog/slices'
import { GpuService } from '../../worker/compute/gpu-service'
import { openCpu } from '../../worker/compute/tensors/cpu-backend'
import { registerGradients } from '../../worker/compute/tensors/kernels/gradients'
import type { OpenBackend } from '../../worker/compute/tensors/open-backend'
import { TensorService } from '../../worker/compute/tensors/tensor-service'
import { openWasm } from '../../worker/compute/tensors/wasm-backend'
import { openWebGpu } from '../../worker/compute/tensors/webgpu-backend'
import { gradientsOn, numericGradients, referenceRun, worst } from '../support/tensor-gradients'
import { NETWORKS, WIDE } from '../support/tensor-networks'
import { OPERATIONS } from '../support/tensor-op-cases'
import { drawRows } from '../support/tensor-rows'
import { TOLERANCES } from '../support/tensor-tolerance'

// A GPU in software compiles each shader for a tenth of a second.
vi.setConfig({ testTimeout: 180_000 })

const ROWS = 3

describe('forward and gradient of every network and every operation, against float64', () => {
  const backends: OpenBackend[] = []
  beforeAll(async () => {
    registerGradients()
    backends.push(openCpu(), await openWasm(), await openWebGpu(new GpuService(navigator.gpu), true))
    console.info(backends.map(({ name, detail }) => `${name}: ${detail}`).join('\n'))
    // Else tfjs computes what is as small as these on the CPU.
    tf.env().set('WEBGPU_CPU_FORWARD', false)
  })
  afterAll(() => {
    tf.env().set('WEBGPU_CPU_FORWARD', true)
    for (const backend of backends) backend.close()
    expect(tf.engine().state.numTensors).toBe(0)
  })

  test.each([...NETWORKS, ...OPERATIONS])('$name', async (network) => {
    const rows = drawRows(network, ROWS, 9)
    const expected = numericGradients(network, rows, ROWS)
    for (const backend of backends) {
      const { loss, gradients } = await gradientsOn(backend, network, rows, ROWS)
      const tolerance = TOLERANCES[backend.name]
      expect(worst([loss], [expected.loss], tolerance), `${backend.name}: loss ${loss}, ${expected.loss}`).toBeLessThan(1)
      for (const [name, values] of Object.entries(expected.gradients))
        expect(
          worst(gradients[name]!, values, tolerance),
          `${backend.name}: gradient of ${name}: ${gradients[name]}; ${values}`,
        ).toBeLessThan(1)
    }
  })

  test('a backend that computes something else is noticed', async () => {
    const [cpu] = backends
    const [network] = NETWORKS
    const rows = drawRows(network!, ROWS, 9)
    const { gradients } = await gradientsOn(cpu!, network!, rows, ROWS)
    const other = numericGradients(network!, drawRows(network!, ROWS, 10), ROWS)
    expect(worst(gradients.w1!, other.gradients.w1!, TOLERANCES.cpu)).toBeGreaterThan(1)
  })
})

describe.each(['js', 'wasm', 'webgpu'] as const)('a batch of any size, compute: %s', (choice) => {
  const tensors = new TensorService({ gpu: new GpuService(navigator.gpu), pause, onChange: () => {} })
  beforeAll(() => tensors.configure(choice))
  afterAll(async () => {
    await tensors.close()
    expect(tf.engine().state.numTensors).toBe(0)
  })

  test.each([...NETWORKS, WIDE].flatMap((network) => [0, 1, 2, 33, 1000].map((count) => ({ name: network.name, network, count }))))(
    '$name, $count rows',
    async ({ network, count }) => {
      const model = await tensors.load(network)
      const rows = drawRows(network, count, count + 1)
      const before = tf.engine().state.numTensors
      const found = await model.run(rows)
      const { backend } = tensors.status
      if (count > 0) expect(backend).toBe(choice === 'js' ? 'cpu' : choice)
      // Rows do not influence one another, so a few tell for all; the reference is slow.
      const checked = [...new Set([0, 1, Math.floor(count / 2), count - 1])].filter((row) => row >= 0 && row < count)
      for (const row of checked) {
        const one = Object.fromEntries(
          Object.entries(rows).map(([name, values]) => [
            name,
            values.subarray((row * values.length) / count, ((row + 1) * values.length) / count),
          ]),
        )
        for (const [slot, expected] of referenceRun(network, one, 1).entries()) {
          const size = expected.length
          const part = found[slot]!.subarray(row * size, (row + 1) * size)
          expect(worst(part, expected, TOLERANCES[choice === 'js' ? 'cpu' : choice]), `row ${row}: ${part}; ${expected}`).toBeLessThan(1)
        }
      }
      expect(found.map(({ length }) => length)).toEqual(network.outputs.map((shape) => count * shape.reduce((a, b) => a * b, 1)))
      model.dispose()
      expect(tf.engine().state.numTensors).toBe(before)
    },
  )
})
