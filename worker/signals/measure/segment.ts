import { epochOf } from '../../../src/shared/signals/epoch'
import { bandOf } from '../../../src/shared/signals/metric-buckets'
import { SEGMENTS } from '../../../src/shared/signals/signal-plan'
import type { Facts } from './facts'
import { ordersOf } from './orders'

/** Weeks without a visit after which a visitor is back rather than returning. */
const AWAY_EPOCHS = 4

/** Who did nothing in the epoch is in no segment. Where one fits several stages: `new`, then `back`, then `loyal`. */
export function measureSegment(by: keyof typeof SEGMENTS, { events, earlier }: Facts): number {
  const first = events[0]
  if (!first) return 0
  if (by === 'frequency') return bandOf([1, 2, 4, 8], new Set(events.map(({ session }) => session)).size)
  const { lastEpoch, boughtEpochs } = earlier
  const weeks = lastEpoch === undefined ? undefined : epochOf(first.time) - lastEpoch
  if (by === 'recency') return weeks === undefined ? SEGMENTS.recency.indexOf('first') : 1 + bandOf([1, 2, 5, 13], weeks)
  return SEGMENTS.stage.indexOf(stageOf(weeks, boughtEpochs + Number(ordersOf(events).length > 0)))
}

function stageOf(weeks: number | undefined, boughtEpochs: number): (typeof SEGMENTS.stage)[number] {
  if (weeks === undefined) return 'new'
  if (weeks > AWAY_EPOCHS) return 'back'
  return boughtEpochs >= 2 ? 'loyal' : 'returning'
}
