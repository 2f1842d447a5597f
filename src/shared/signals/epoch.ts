/** Epochs are UTC weeks, from Monday to Monday, common to all: a week of one's own would tell browsers apart. */
export const EPOCH_MS = 7 * 86_400_000
/** The first Monday of 1970 was the 5th of January. */
const FIRST_MONDAY_MS = 4 * 86_400_000

/** Number of the epoch that a moment lies in. @param time milliseconds since 1970. */
export function epochOf(time: number): number {
  return Math.floor((time - FIRST_MONDAY_MS) / EPOCH_MS)
}

/** When an epoch begins, milliseconds since 1970; it ends when the next begins. */
export function epochStart(epoch: number): number {
  return epoch * EPOCH_MS + FIRST_MONDAY_MS
}
