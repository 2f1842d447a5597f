import { unwrap } from 'idb'
import { eventIdPrefix, eventIdTime } from '../../src/shared/event-id'
import type { StoredEvent } from '../../src/shared/events'
import { FUTURE_SLACK_MS } from '../../src/shared/limits'
import type { Checkpoint } from '../history/checkpoint'
import { withoutEvents } from '../history/retention'
import { EVENTS } from './schema'
import type { WriteTransaction } from './transact'

export type Retention = {
  /** Milliseconds since 1970. */
  readonly now: number
  /** Events before this time are deleted. */
  readonly oldest: number
  /** How many more to delete, given how many are left of the others. */
  readonly surplus: (count: number) => number
}

/**
 * Deletes events that are too old and then, where room must be made, the oldest of the rest. Events dated in the future come from before
 * the clock was set back, so they are older than they say and make room first; else a full store would keep them and delete every new one.
 *
 * @returns the checkpoint without them, the same object where nothing was deleted.
 */
export async function retain(
  transaction: WriteTransaction,
  checkpoint: Checkpoint,
  { now, oldest, surplus }: Retention,
): Promise<Checkpoint> {
  const events = transaction.objectStore(EVENTS)
  const takeOut = async (range: IDBKeyRange | null, count?: number): Promise<StoredEvent[]> => {
    const found = await events.getAll(range, count)
    // All that lies between two keys goes in one request; should it fail, the transaction does.
    if (found.length > 0) unwrap(events).delete(IDBKeyRange.bound(found[0]!.id, found.at(-1)!.id))
    return found
  }
  const isSomeOld = checkpoint.firstTime !== undefined && checkpoint.firstTime < oldest
  const old = isSomeOld ? await takeOut(IDBKeyRange.upperBound(eventIdPrefix(oldest), true)) : []
  const count = surplus(checkpoint.count - old.length)
  if (old.length + count === 0) return checkpoint
  const future = count > 0 ? await takeOut(IDBKeyRange.lowerBound(eventIdPrefix(now + FUTURE_SLACK_MS + 1)), count) : []
  const rest = future.length < count ? await takeOut(null, count - future.length) : []
  const first = await events.getKey(IDBKeyRange.lowerBound(''))
  const firstTime = first === undefined ? undefined : eventIdTime(first)
  return withoutEvents(checkpoint, [...old, ...future, ...rest], firstTime, rest.at(-1)?.id)
}
