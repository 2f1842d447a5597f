import type { Catalog } from '../../catalog/catalog'

/** Between places in the catalog, which grows as files come in, and rows of the pack, whose order everything learned has. */
export type PackOrder = {
  /** Row of the pack where an item of the catalog stands. */
  rowOf(index: number): number
  /** Place in the catalog; -1 where the row's item is not here yet. */
  indexOf(row: number): number
  /** Row of the item of an id; -1 where the catalog does not hold it. */
  rowOfId(catalog: Pick<Catalog, 'indexOf'>): (id: string) => number
}

/**
 * @param count items of the catalog.
 * @param rows [count] the row of each; absent where both orders are the same.
 */
export function packOrder(count: number, rows: Int32Array | undefined): PackOrder {
  const indices = rows && new Map(Array.from(rows, (row, index) => [row, index]))
  const rowOf = (index: number) => (rows ? (rows[index] ?? -1) : index)
  return {
    rowOf,
    indexOf: (row) => (indices ? (indices.get(row) ?? -1) : row < count ? row : -1),
    rowOfId: (catalog) => (id) => {
      const index = catalog.indexOf(id)
      return index < 0 ? -1 : rowOf(index)
    },
  }
}
