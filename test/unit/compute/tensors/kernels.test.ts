import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openCpu } from '../../../../worker/compute/tensors/cpu-backend'
import { filterGradient } from '../../../../worker/compute/tensors/kernels/filter-gradient'
import { registerGradients } from '../../../../worker/compute/tensors/kernels/gradients'
import { segmentSum } from '../../../../worker/compute/tensors/kernels/segment-sum'
import type { OpenBackend } from '../../../../worker/compute/tensors/open-backend'
import { createOps } from '../../../../worker/compute/tensors/ops'
import { openWasm } from '../../../../worker/compute/tensors/wasm-backend'
import { seededRandom } from '../../../support/reference-top-k'
import { gradientsOn, numericGradients, worst } from '../../../support/tensor-gradients'
import { NETWORKS } from '../../../support/tensor-networks'
import { OPERATIONS } from '../../../support/tensor-op-cases'
import { drawRows } from '../../../support/tensor-rows'
import { TOLERANCES } from '../../../support/tensor-tolerance'

describe('segmentSum', () => {
  test('adds up the rows of each segment, in any order; empty ones are zero, ids outside are left out', () => {
    const out = new Float32Array(8).fill(9)
    segmentSum(Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), Int32Array.of(2, 0, 2, -1, 4), 2, out)
    expect([...out]).toEqual([3, 4, 0, 0, 6, 8, 0, 0])
  })

  test('of no rows, and of rows of no width', () => {
    const out = new Float32Array(4).fill(9)
    segmentSum(new Float32Array(0), new Int32Array(0), 2, out)
    expect([...out]).toEqual([0, 0, 0, 0])
    expect(() => segmentSum(new Float32Array(0), Int32Array.of(0, 1), 0, new Float32Array(0))).not.toThrow()
  })
})

describe('filterGradient', () => {
  test.each([
    ['valid', 1, 1, 2, 3],
    ['valid', 2, 1, 3, 2],
    ['same', 1, 1, 3, 3],
    ['same', 1, 2, 3, 3],
    ['same', 2, 2, 2, 2],
  ] as const)(
    '%s, strides %i × %i, filter %i × %i: as the change of the output says',
    (pad, strideHeight, strideWidth, filterHeight, filterWidth) => {
      const [batchSize, inHeight, inWidth, inChannels, outChannels] = [2, 5, 6, 2, 3]
      const [outHeight, padTop] = places(inHeight, filterHeight, strideHeight, pad)
      const [outWidth, padLeft] = places(inWidth, filterWidth, strideWidth, pad)
      const shape = { batchSize, inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, filterHeight, filterWidth }
      const all = { ...shape, strideHeight, strideWidth, padTop, padLeft }
      const random = seededRandom(3)
      const draw = (length: number) => Float32Array.from({ length }, () => random() - 0.5)
      const input = draw(batchSize * inHeight * inWidth * inChannels)
      const outGradient = draw(batchSize * outHeight * outWidth * outChannels)
      const out = new Float32Array(filterHeight * filterWidth * inChannels * outChannels).fill(9)
      filterGradient(input, outGradient, all, out)
      // The output is linear in the filter, so a filter of one 1 gives its derivative, which meets the gradient in a sum.
      let slot = 0
      for (let fy = 0; fy < filterHeight; fy++)
        for (let fx = 0; fx < filterWidth; fx++)
          for (let i = 0; i < inChannels; i++)
            for (let o = 0; o < outChannels; o++) {
              let sum = 0
              for (let b = 0; b < batchSize; b++)
                for (let y = 0; y < outHeight; y++)
                  for (let x = 0; x < outWidth; x++) {
                    const [row, column] = [y * strideHeight + fy - padTop, x * strideWidth + fx - padLeft]
                    const under = row >= 0 && row < inHeight && column >= 0 && column < inWidth
                    if (under)
                      sum +=
                        input[((b * inHeight + row) * inWidth + column) * inChannels + i]! *
                        outGradient[((b * outHeight + y) * outWidth + x) * outChannels + o]!
                  }
              expect(out[slot++]).toBeCloseTo(sum, 5)
            }
    },
  )
})

/** Places of a window, and zeros before the first. */
function places(extent: number, window: number, stride: number, pad: 'same' | 'valid'): [number, number] {
  if (pad === 'valid') return [Math.ceil((extent - window + 1) / stride), 0]
  const count = Math.ceil(extent / stride)
  return [count, Math.floor(Math.max(0, (count - 1) * stride + window - extent) / 2)]
}

describe('forward and gradient in Node, against float64 and numeric differentiation', () => {
  const backends: OpenBackend[] = []
  beforeAll(async () => {
    registerGradients()
    backends.push(openCpu(), await openWasm())
  }, 30_000)
  afterAll(() => {
    for (const backend of backends) backend.close()
  })

  test('every operation has a case', () => {
    expect(OPERATIONS.map(({ name }) => name).sort()).toEqual(Object.keys(createOps()).sort())
  })

  test.each([...NETWORKS, ...OPERATIONS])('$name', { timeout: 30_000 }, async (network) => {
    const rows = drawRows(network, 3, 9)
    const expected = numericGradients(network, rows, 3)
    for (const backend of backends) {
      const { loss, gradients } = await gradientsOn(backend, network, rows, 3)
      expect(worst([loss], [expected.loss], TOLERANCES[backend.name])).toBeLessThan(1)
      for (const [name, values] of Object.entries(expected.gradients))
        expect(worst(gradients[name]!, values, TOLERANCES[backend.name]), `${backend.name}: ${name}`).toBeLessThan(1)
    }
  })
})
