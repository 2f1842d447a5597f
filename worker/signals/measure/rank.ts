import { bandOf } from '../../../src/shared/signals/metric-buckets'
import type { Facts } from './facts'
import { listOf } from './outcome'

/** Lower bounds of `RANKS`, counted from 0 as GA4 counts `index`. */
const FROM_INDEX = [0, 1, 2, 4, 8]

/** The place of the first click that says where it stood. @param slot of all shelves where absent. */
export function measureRank(slot: string | undefined, { events }: Facts): number {
  for (const event of events) {
    if (event.name !== 'select_item') continue
    const item = event.items?.find((item) => item.index !== undefined && (slot === undefined || listOf(event, item) === slot))
    if (item) return bandOf(FROM_INDEX, item.index!) // found by having one
  }
  return 0
}
