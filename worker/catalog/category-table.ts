/** Indices must fit 16 bits. */
export const MAX_PATHS = 65_536

/** Gives every distinct category path a number. */
export interface CategoryTable {
  readonly paths: readonly (readonly string[])[]
  /** Adds the path if it is new; past 65,536 distinct ones the empty path stands in. */
  indexOf(path: readonly string[]): number
}

/** @param paths become the first entries, in order. */
export function createCategoryTable(paths: readonly (readonly string[])[] = []): CategoryTable {
  const list = [...paths]
  const numbers = new Map(list.map((path, index) => [JSON.stringify(path), index]))
  function indexOf(path: readonly string[]): number {
    const key = JSON.stringify(path)
    const known = numbers.get(key)
    if (known !== undefined) return known
    // The last number is kept free for the empty path.
    if (list.length >= MAX_PATHS - 1 && path.length > 0) return indexOf([])
    numbers.set(key, list.length)
    return list.push(path) - 1
  }
  return { paths: list, indexOf }
}
