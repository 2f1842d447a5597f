/** The places of ids in ascending order, for `findId`. By UTF-16 units, as `<` compares: the same in every browser and language. */
export function orderIds(ids: readonly string[]): Uint32Array {
  return Uint32Array.from(ids.keys()).sort((a, b) => (ids[a]! < ids[b]! ? -1 : 1))
}

/**
 * Finds an id by halving. A map of 10,000 ids takes 4 ms to build in a worker that has just started; a shelf asks for a few hundred.
 * @param order from `orderIds` of the same ids, which are distinct.
 * @returns its place in `ids`; -1 where it is not among them.
 */
export function findId(ids: readonly string[], order: Uint32Array, id: string): number {
  let low = 0
  let high = order.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (ids[order[middle]!]! < id) low = middle + 1
    else high = middle
  }
  const found = order[low]
  return found !== undefined && ids[found] === id ? found : -1
}
