import type { StoredEvent } from '../../../src/shared/events'
import type { RandomIntegers } from '../../../src/shared/signals/random-integers'
import type { EpochVitals } from '../vitals'

/** All that an epoch is measured from. It stays on the device. */
export type Facts = {
  /** Of the epoch and no other, in the order of their times: `splitHistory` makes them. */
  readonly events: readonly StoredEvent[]
  readonly earlier: Earlier
  readonly vitals: EpochVitals
  /**
   * Slots whose shelf was given something to show; those that the site itself tells of (`view_item_list`, `impression`) need not be among
   * them.
   */
  readonly shown: readonly string[]
  /** An item's path in the catalog, widest first, for events that name no category; absent where there is no catalog. */
  readonly categoriesOf?: (itemId: string) => readonly string[] | undefined
  /** What choices taught the ranker, a number a feature; absent where nothing was learned. */
  readonly ranker?: { readonly names: readonly string[]; readonly update: ArrayLike<number> }
  /** For rounding: what is drawn with it leaves. */
  readonly random: RandomIntegers
}

/** What the history says of the time before the epoch, as far as it is kept. */
export type Earlier = {
  /** The epoch of the latest event; absent where there is none. */
  readonly lastEpoch?: number
  /** In how many epochs something was bought. */
  readonly boughtEpochs: number
}
