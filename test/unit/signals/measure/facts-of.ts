import type { EventName, EventParams, StoredEvent } from '../../../../src/shared/events'
import { epochStart } from '../../../../src/shared/signals/epoch'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import type { Facts } from '../../../../worker/signals/measure/facts'
import { splitHistory } from '../../../../worker/signals/measure/split-history'
import { NO_VITALS } from '../../../../worker/signals/vitals'

export const EPOCH = 2950
export const MONDAY = epochStart(EPOCH)
export const HOUR = 3_600_000
export const WEEK = 7 * 24 * HOUR

/** A deed, so many hours into the epoch. */
export type Deed = readonly [hour: number, name: EventName, params?: EventParams, session?: number]

export function stored(deeds: readonly Deed[]): StoredEvent[] {
  return deeds.map(([hour, name, params = {}, session = 1], at) => ({ ...params, id: `e${at}`, name, time: MONDAY + hour * HOUR, session }))
}

/** Seeded: xorshift, one step a byte. */
export function seededRandom(seed = 1): RandomIntegers {
  let state = seed
  return new RandomIntegers((count) =>
    Uint8Array.from({ length: count }, () => {
      state ^= state << 13
      state ^= state >>> 17
      state ^= state << 5
      return state >>> 11
    }),
  )
}

export function factsOf(deeds: readonly Deed[], more: Partial<Facts> = {}): Facts {
  return { ...splitHistory(stored(deeds), EPOCH), vitals: NO_VITALS, shown: [], random: seededRandom(), ...more }
}

/** Items by id alone. */
export function items(...ids: string[]): EventParams {
  return { items: ids.map((item_id) => ({ item_id })) }
}
