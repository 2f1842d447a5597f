/** How often each reason occurred, by name. */
export type ReasonCounts = Readonly<Record<string, number>>

/** Counts reasons as they come. */
export interface ReasonTally {
  readonly counts: ReasonCounts
  add(reason: string, count?: number): void
}

export function createReasonTally(): ReasonTally {
  // Names come from files, and may be those that every object has.
  const counts: Record<string, number> = Object.create(null)
  return {
    counts,
    add(reason, count = 1) {
      if (count > 0) counts[reason] = (counts[reason] ?? 0) + count
    },
  }
}
