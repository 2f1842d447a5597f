import type { ModelPart } from './model-part'
import { PartReader } from './part-reader'

/** The rows of the pack that a network knows: those that enough visitors saw. Inside, it numbers them from 0. */
export type KnownItems = {
  /** Rows of the pack. */
  readonly itemCount: number
  /** [known] row of each known item. */
  readonly rows: Uint32Array
  /** Known items among rows of the pack, as the network numbers them, in order. */
  among(items: Int32Array): Int32Array
  /** The network's number of a row, -1 for one that it does not know. */
  numberOf(row: number): number
}

/** @param rows [known], rising, all below `itemCount`. */
export function knownItems(rows: Uint32Array, itemCount: number): KnownItems {
  const numbers = new Int32Array(itemCount).fill(-1)
  rows.forEach((row, number) => {
    numbers[row] = number
  })
  const numberOf = (row: number) => numbers[row] ?? -1
  return { itemCount, rows, numberOf, among: (items) => items.map(numberOf).filter((number) => number >= 0) }
}

/** @throws SottoError `pack-invalid` where the part does not say which rows it knows. */
export function readKnownItems(part: ModelPart): KnownItems {
  const reader = new PartReader(part)
  return knownItems(reader.tensor('rows', [Uint32Array]), reader.setting('itemCount'))
}
