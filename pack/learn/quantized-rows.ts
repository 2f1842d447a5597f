import { quantize } from '../../worker/catalog/quantize'
import type { ModelPart } from '../../worker/models/model-part'

/**
 * Vectors as a part holds them: the very bytes that the core of a pack has for them.
 * @param values [items, dim] row-major, finite, any scale.
 * @returns tensors `vectors` [items, dim] int8 and `scales` [items].
 */
export function quantizedRows(values: Float32Array, dim: number): ModelPart['tensors'] {
  const count = dim ? values.length / dim : 0
  const vectors = new Int8Array(values.length)
  const scales = new Float32Array(count)
  for (let row = 0; row < count; row++) {
    scales[row] = quantize(values.subarray(row * dim, (row + 1) * dim), vectors, row * dim)
  }
  return { vectors: { shape: [count, dim], data: vectors }, scales: { shape: [count], data: scales } }
}
