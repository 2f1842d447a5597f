/** The ids of some items, which are distinct. */
export interface IdList {
  readonly length: number
  /** @param index 0 to length - 1. */
  at(index: number): string
  /** The place of an id, -1 where it is not there. Absent where it would have to be looked for one by one. */
  readonly find?: (id: string) => number
  /** Made at the first call. */
  toArray(): readonly string[]
}

/** Ids that came as strings. */
export function listIds(ids: readonly string[]): IdList {
  return { length: ids.length, at: (index) => ids[index]!, toArray: () => ids }
}

/**
 * Ids that lie in one text, cut out when they are asked for: to make 10,000 strings, and to clear away what they displace, takes a worker that
 * has just started some milliseconds, and a shelf asks for a few hundred.
 * @param text one a line.
 * @param ends [n], where in the text each line ends.
 * @param order [n], from `orderIds`.
 */
export function savedIds(text: string, ends: Uint32Array, order: Uint32Array): IdList {
  let all: readonly string[] | undefined
  const at = (index: number) => text.slice(index && ends[index - 1]! + 1, ends[index])
  return {
    length: ends.length,
    at,
    find(id) {
      let low = 0
      let high = order.length
      while (low < high) {
        const middle = (low + high) >>> 1
        if (at(order[middle]!) < id) low = middle + 1
        else high = middle
      }
      return low < order.length && at(order[low]!) === id ? order[low]! : -1
    },
    toArray: () => (all ??= text.split('\n')),
  }
}
