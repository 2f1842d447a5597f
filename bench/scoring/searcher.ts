import type { Prepared, Task } from '../support/entrant'
import { type Dataset, QUERIES } from './dataset'

/** How many of the best are asked for. */
export const TOP = 20

/** What finds the best `TOP` items. What a call returns may be overwritten by the next one. */
export type Searcher = {
  /** @returns the items' numbers, best first. */
  one(query: Float32Array): ArrayLike<number> | Promise<ArrayLike<number>>
  /** The same for all queries of the dataset at once, the items for one after those for the other. */
  eight?(queries: Float32Array): ArrayLike<number> | Promise<ArrayLike<number>>
  /** Another way to ask for the same. */
  other?(query: Float32Array): ArrayLike<number> | Promise<ArrayLike<number>>
  readonly about?: Readonly<Record<string, unknown>>
}

/** What a contest measures of a searcher: one query after the other (`one`, `other`), and all of them at once (`eight`). */
export function asEntrant({ queries, dim }: Dataset, { one, eight, other, about = {} }: Searcher): Prepared {
  const own = queries.slice() // not shared: libraries refuse views of shared memory
  const each = Array.from({ length: QUERIES }, (_, at) => own.slice(at * dim, (at + 1) * dim))
  const inTurn = (search: Searcher['one']): Task => {
    let turn = 0
    return {
      run: () => search(each[turn++ % QUERIES]!),
      async answer() {
        const found: number[][] = []
        for (const query of each) found.push(Array.from(await search(query)))
        return found
      },
    }
  }
  const atOnce = (search: NonNullable<Searcher['eight']>): Task => ({
    run: () => search(own),
    async answer() {
      const found = Array.from(await search(own))
      return each.map((_, at) => found.slice((at * found.length) / QUERIES, ((at + 1) * found.length) / QUERIES))
    },
  })
  return {
    tasks: { one: inTurn(one), ...(other && { other: inTurn(other) }), ...(eight && { eight: atOnce(eight) }) },
    about,
  }
}
