/**
 * Adds up rows that belong together: the gradient of a table of embeddings, where `ids` says which row of the table each row of `values`
 * was read from.
 * @param values [rows, width] row-major, any number of rows.
 * @param ids [rows]; a row whose id is negative is left out.
 * @param out [segments, width]; overwritten; zeros where no row belongs. Rows are added in order, so the result is repeatable.
 * Source: `UnsortedSegmentSum` of TensorFlow (https://www.tensorflow.org/api_docs/python/tf/math/unsorted_segment_sum); an id past the
 * end is left out here, as on a GPU.
 */
export function segmentSum(values: Float32Array, ids: Int32Array, width: number, out: Float32Array): void {
  out.fill(0)
  const segments = width ? out.length / width : 0
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row]!
    if (id < 0 || id >= segments) continue
    const from = row * width
    const to = id * width
    for (let i = 0; i < width; i++) out[to + i]! += values[from + i]!
  }
}
