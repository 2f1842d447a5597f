/**
 * What visitors did, as numbers. A sequence is what one visitor did, or one session where visitors are not known; within it interactions
 * stand in order of time.
 */
export type InteractionLog = {
  /** Items are rows 0 to itemCount - 1 of the pack. */
  readonly itemCount: number
  /** [sequences + 1]: sequence s is from starts[s] to below starts[s + 1]. */
  readonly starts: Int32Array
  /** [interactions] rows. */
  readonly items: Int32Array
  /** [interactions] ms since 1970. Absent where only the order is known. */
  readonly times?: Float64Array
  /** [interactions] how much each counts, above 0. Absent: 1 each. */
  readonly weights?: Float32Array
  /** [interactions] number of the basket or session within the sequence, from 0, rising. Absent: order is all there is. */
  readonly baskets?: Int32Array
  /** [sequences] whose it is: several sessions may be one visitor's. Absent: every sequence is another visitor's. */
  readonly visitors?: Int32Array
}

/** Sequences of a log. */
export function sequenceCount({ starts }: InteractionLog): number {
  return starts.length - 1
}
