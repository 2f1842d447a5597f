import type { StoredEvent } from '../../src/shared/events'
import type { Checkpoint } from './checkpoint'

/** Share of the cap that makes room at once, so that a full store deletes once in a while and not with every event. */
const SLAB_SHARE = 0.05

/**
 * How many events to delete from a store that holds `count` and may hold `max`: none up to the cap, beyond it whole slabs. Adding events
 * one by one deletes as many as adding them at once.
 */
export function excess(count: number, max: number): number {
  const slab = Math.max(1, Math.floor(max * SLAB_SHARE))
  return Math.ceil(Math.max(0, count - max) / slab) * slab
}

/**
 * The inverse of adding, for events that the store deleted: takes them out of the counts. What they said of items stays, decayed and
 * bounded, until it is too old itself; sessions and drop counts are totals.
 *
 * @param firstTime of the oldest event left; `undefined` where none is.
 * @param floor last id deleted to make room, where one was: ids up to it are known to have been stored.
 */
export function withoutEvents(
  checkpoint: Checkpoint,
  removed: readonly StoredEvent[],
  firstTime: number | undefined,
  floor = '',
): Checkpoint {
  const counts = { ...checkpoint.counts }
  for (const { name } of removed) {
    const left = (counts[name] ?? 0) - 1
    if (left > 0) counts[name] = left
    else delete counts[name]
  }
  return {
    ...checkpoint,
    count: checkpoint.count - removed.length,
    firstTime,
    counts,
    floor: floor > checkpoint.floor ? floor : checkpoint.floor,
  }
}

/** The checkpoint without what was last touched before `oldest`, for reading between appends, which delete it for good. */
export function withoutOldTouches(checkpoint: Checkpoint, oldest: number): Checkpoint {
  return { ...checkpoint, touches: checkpoint.touches.filter(({ time }) => time >= oldest) }
}
