import type { StoredEvent } from '../../../src/shared/events'
import { epochOf } from '../../../src/shared/signals/epoch'
import type { Facts } from './facts'

/**
 * Takes from a history what tells of one epoch. Events go by their own times: those of a clock that ran ahead belong to an epoch to come,
 * and tell of none before.
 * @param history all that is kept, in any order.
 */
export function splitHistory(history: readonly StoredEvent[], epoch: number): Pick<Facts, 'events' | 'earlier'> {
  const before = history.filter(({ time }) => epochOf(time) < epoch)
  const lastEpoch = before.reduce((latest, { time }) => Math.max(latest, epochOf(time)), Number.NEGATIVE_INFINITY)
  const bought = new Set(before.filter(({ name }) => name === 'purchase').map(({ time }) => epochOf(time)))
  return {
    events: history.filter(({ time }) => epochOf(time) === epoch).sort((one, other) => one.time - other.time),
    earlier: { ...(before.length > 0 && { lastEpoch }), boughtEpochs: bought.size },
  }
}
