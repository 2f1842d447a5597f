import { epochOf, epochStart } from './epoch'

/** A device's clock may run this far ahead, or a report be this long on its way. */
export const CLOCK_SLACK_MS = 3_600_000
/** Reports about an epoch come in it and in the next one. */
const EPOCHS_OPEN = 2

/** When nothing more is taken about an epoch, and it is published. @returns milliseconds since 1970. */
export function closesAt(epoch: number): number {
  return epochStart(epoch + EPOCHS_OPEN) + CLOCK_SLACK_MS
}

/** The epochs that reports may be about, oldest first. @param now milliseconds since 1970. */
export function openEpochsAt(now: number): readonly number[] {
  const last = epochOf(now + CLOCK_SLACK_MS)
  return [last - EPOCHS_OPEN, last - 1, last].filter((epoch) => now < closesAt(epoch))
}
