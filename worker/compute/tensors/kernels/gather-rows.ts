/** A tensor cut where rows are chosen: [outer, extent, width]. */
export type GatherSize = { readonly extent: number; readonly width: number }

/**
 * Copies chosen rows.
 * @param values [outer, extent, width] row-major.
 * @param indices [count], each 0 or more and below `extent`.
 * @param out [outer, count, width]; overwritten.
 * @throws Error for an index that is not.
 * Source: `Gather` of TensorFlow (https://www.tensorflow.org/api_docs/python/tf/gather) without batch dimensions.
 */
export function gatherRows(
  values: Float32Array | Int32Array,
  indices: Int32Array,
  { extent, width }: GatherSize,
  out: Float32Array | Int32Array,
): void {
  const count = indices.length
  const outer = count * width ? out.length / (count * width) : 0
  for (let block = 0; block < outer; block++) {
    for (let at = 0; at < count; at++) {
      const index = indices[at]!
      if (index < 0 || index >= extent) throw new Error(`gather: index ${index} is not 0 or more and below ${extent}`)
      const from = (block * extent + index) * width
      const to = (block * count + at) * width
      for (let i = 0; i < width; i++) out[to + i] = values[from + i]!
    }
  }
}
