import type { PartReader } from './part-reader'

/** Of each item a few others with a weight each: neighbours, successors, coefficients. */
export type SparseRows = {
  /** [itemCount + 1]: row i is from starts[i] to below starts[i + 1]. */
  readonly starts: Uint32Array
  /** Rows pointed to, the weightiest first within a row. */
  readonly items: Uint16Array | Uint32Array
  /** Levels, 1 to 255. */
  readonly levels: Uint8Array
  /** [256] what each level stands for, above 0. */
  readonly values: Float32Array
}

/** Levels of weights: equal steps of the logarithm, so that small and large ones are kept to the same relative precision. */
export const LEVELS = 255

/** What the levels stand for: 1 for `low`, 255 for `high`, in between by equal ratios; [0] is 0. Both above 0. */
export function levelValues(low: number, high: number): Float32Array {
  const step = Math.log(high / low) / (LEVELS - 1)
  return Float32Array.from({ length: LEVELS + 1 }, (_, level) => level && low * Math.exp((level - 1) * step))
}

/**
 * Rows as a part holds them: tensors `lengths` [itemCount] Uint8, `items` Uint16 or Uint32 and `weights` Uint8, settings `low` and `high`.
 * @throws SottoError `pack-invalid` for tensors that don't fit each other, or point outside of the items.
 */
export function readSparseRows(reader: PartReader): SparseRows {
  const lengths = reader.tensor('lengths', [Uint8Array])
  const starts = new Uint32Array(lengths.length + 1)
  for (let item = 0; item < lengths.length; item++) starts[item + 1] = starts[item]! + lengths[item]!
  const count = starts[lengths.length]!
  const items = reader.tensor<Uint16Array | Uint32Array>('items', [Uint16Array, Uint32Array], count)
  for (const item of items) if (item >= lengths.length) throw reader.wrong(`tensor "items" names row ${item} of ${lengths.length}`)
  const levels = reader.tensor('weights', [Uint8Array], count)
  return { starts, items, levels, values: levelValues(reader.setting('low'), reader.setting('high')) }
}

/** Adds `factor` times the row of an item to `out` [itemCount]. */
export function addRow({ starts, items, levels, values }: SparseRows, item: number, factor: number, out: Float32Array): void {
  for (let at = starts[item]!, end = starts[item + 1]!; at < end; at++) out[items[at]!]! += factor * values[levels[at]!]!
}

/** The weight that the row of an item gives to another; 0 where it has none. */
export function weightBetween({ starts, items, levels, values }: SparseRows, item: number, other: number): number {
  for (let at = starts[item]!, end = starts[item + 1]!; at < end; at++) if (items[at] === other) return values[levels[at]!]!
  return 0
}
