/** Between places in the catalog, which grows as files come in, and rows of the pack, whose order everything learned has. */
export type PackOrder = {
  /** Row of the pack where an item of the catalog stands. */
  rowOf(index: number): number
  /** Place in the catalog; -1 where the row's item is not here yet. */
  indexOf(row: number): number
}

/**
 * @param count items of the catalog.
 * @param rows [count] the row of each; absent where both orders are the same.
 */
export function packOrder(count: number, rows: Int32Array | undefined): PackOrder {
  if (!rows) return { rowOf: (index) => index, indexOf: (row) => (row < count ? row : -1) }
  const indices = new Map(Array.from(rows, (row, index) => [row, index]))
  return { rowOf: (index) => rows[index] ?? -1, indexOf: (row) => indices.get(row) ?? -1 }
}
