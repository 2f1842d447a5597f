import { epochOf } from '../../src/shared/signals/epoch'
import { closesAt } from '../../src/shared/signals/epoch-window'

/** When a collector that has published nothing yet will; ISO 8601, UTC. */
export type NextPublication = {
  /** The next week: of a collector that has only just begun it holds no reports. */
  readonly next: string
  /** The week that runs now. */
  readonly thisWeek: string
}

/** @param now ms since 1970. */
export function awaitedAt(now: number): NextPublication {
  const epoch = epochOf(now)
  // In the hour after midnight on Monday the week before the last is still open.
  const next = closesAt(epoch - 2) > now ? epoch - 2 : epoch - 1
  return { next: new Date(closesAt(next)).toISOString(), thisWeek: new Date(closesAt(epoch)).toISOString() }
}
