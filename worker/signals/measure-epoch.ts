import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric } from '../../src/shared/signals/signal-plan'
import type { HistoryStore } from '../store/history-store'
import type { Facts } from './measure/facts'
import { measure } from './measure/measure'
import { splitHistory } from './measure/split-history'
import type { SignalStore } from './signal-store'
import { NO_VITALS } from './vitals'

/** Where items stand among the categories: what a catalog says. */
export type KnownItems = {
  /** -1 for an id it does not hold. */
  indexOf(id: string): number
  /** Distinct category paths, widest first. */
  readonly paths: readonly (readonly string[])[]
  /** By index of the item, indices into `paths`. */
  readonly categoryOf: ArrayLike<number>
}

/** What the engine knows. */
export type FactSources = {
  /** `undefined` where nothing may be remembered. */
  readonly history: () => Promise<Pick<HistoryStore, 'all'> | undefined>
  /** Rejects where there is none. The same for every visitor: it never fetches what only some would. */
  readonly catalog: () => Promise<KnownItems>
  /** What choices taught the ranker; `undefined` where there is none. */
  readonly ranker: () => Promise<Facts['ranker'] | undefined>
}

/**
 * Reads what a metric is measured from in one epoch, and measures it; what only other metrics need is left alone.
 * @returns a place among `bucketsOf(metric)`.
 */
export async function measureEpoch(
  metric: Metric,
  group: number,
  epoch: number,
  { store, random, ...sources }: FactSources & { readonly store: SignalStore; readonly random: RandomIntegers },
): Promise<number> {
  const history = await sources.history()
  const vitals = (await store.readVisit())?.vitals[epoch] ?? NO_VITALS
  // Without a catalog the events' own categories still tell.
  const items = metric.counts === 'interest' ? await sources.catalog().catch(() => undefined) : undefined
  const ranker = metric.counts === 'ranker' ? await sources.ranker() : undefined
  return measure(metric, group, {
    ...splitHistory((await history?.all()) ?? [], epoch),
    vitals,
    shown: vitals.slots,
    ...(items && { categoriesOf: (id) => items.paths[items.categoryOf[items.indexOf(id)] ?? -1] }),
    ...(ranker && { ranker }),
    random,
  })
}
