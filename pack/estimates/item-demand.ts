import type { Item } from '../../src/shared/items'
import { poolCounts } from './pool-rounds'
import type { NotTaken, PublishedSignal } from './published-signals'
import { shrink } from './shrink'

/** How much each item of a catalog is wanted, as far as is known. */
export type Demand = {
  /** [items] in the unit of what was expected, above 0. */
  readonly values: Float64Array
  /** [items] 1 where visitors' reports had a say. */
  readonly isMeasured: Uint8Array
  readonly taken: readonly Taken[]
  readonly notTaken: readonly NotTaken[]
}

/** What was learned from, and how much it rests on. */
export type Taken = { readonly title: string; readonly names: number; readonly reports: number; readonly epochs: number }

/** A category is wanted for other reasons too than that its items are: it may move them by so much at most. */
const MOST_LIFT = 4
/** Of an item that was thought to sell and is not wanted at all; at 0 nothing could raise it again. */
const LEAST = 1e-6

/** The catalog's rows that a signal speaks of, and which of its names each belongs to. */
type Places = readonly { readonly place: number; readonly rows: readonly number[] }[]

/**
 * Corrects what is expected of items by what visitors reported: categories of interest first, then the items that were asked about, each as far
 * as it is beyond noise (see `shrink`).
 * @param items their order is that of the rows.
 * @param expected [items] above 0: visitors in the orders, say.
 */
export function itemDemand(
  items: readonly Pick<Item, 'id' | 'categories'>[],
  expected: Float64Array,
  signals: readonly PublishedSignal[],
): Demand {
  const values = expected.slice()
  const isMeasured = new Uint8Array(items.length)
  const taken: Taken[] = []
  const notTaken: NotTaken[] = []
  const kinds = [
    { counts: 'interest', keyOf: ({ categories }: Pick<Item, 'categories'>) => categories.at(-1), most: MOST_LIFT },
    { counts: 'item', keyOf: ({ id }: Pick<Item, 'id'>): string | undefined => id, most: Number.POSITIVE_INFINITY },
  ] as const
  for (const { counts, keyOf, most } of kinds) {
    const rowsOf = rowsBy(items, keyOf)
    for (const { title, names, rounds } of signals.filter((signal) => signal.counts === counts)) {
      const places: Places = names.flatMap((name, place) => {
        const rows = rowsOf.get(name)
        return rows ? [{ place, rows }] : []
      })
      if (places.length < 2) {
        notTaken.push({ title, why: `the catalog has ${places.length} of its ${names.length}: there is nothing to compare` })
        continue
      }
      const pooled = poolCounts(rounds)
      const before = places.map(({ rows }) => rows.reduce((sum, row) => sum + values[row]!, 0))
      const { believed, isBeyondNoise } = shrink({
        values: places.map(({ place }) => pooled.values[place]!),
        variances: places.map(({ place }) => pooled.variances[place]!),
        expected: before,
      })
      if (!isBeyondNoise) {
        notTaken.push({ title, why: 'it differs from what was expected by no more than noise' })
        continue
      }
      for (const [number, { rows }] of places.entries()) {
        const lift = Math.min(most, Math.max(1 / most, believed[number]! / before[number]!))
        for (const row of rows) {
          values[row] = Math.max(LEAST, values[row]! * lift)
          isMeasured[row] = 1
        }
      }
      const reports = rounds.reduce((sum, round) => sum + round.reports, 0)
      taken.push({ title, names: places.length, reports, epochs: rounds.length })
    }
  }
  return { values, isMeasured, taken, notTaken }
}

function rowsBy(
  items: readonly Pick<Item, 'id' | 'categories'>[],
  keyOf: (item: Pick<Item, 'id' | 'categories'>) => string | undefined,
): ReadonlyMap<string, readonly number[]> {
  const rows = new Map<string, number[]>()
  for (const [row, item] of items.entries()) {
    const key = keyOf(item)
    if (key === undefined) continue
    const same = rows.get(key)
    if (same) same.push(row)
    else rows.set(key, [row])
  }
  return rows
}
