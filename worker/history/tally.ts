import type { DropReason } from '../../src/shared/events'

/** How often each reason for leaving something out came up. */
export type Tally = Partial<Record<DropReason, number>>

/** Counts `times` more of `reason`, in place. */
export function count(tally: Tally, reason: DropReason, times = 1): void {
  tally[reason] = (tally[reason] ?? 0) + times
}
