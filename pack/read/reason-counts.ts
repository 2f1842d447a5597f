/** How often each reason occurred, by name. */
export type ReasonCounts = Readonly<Record<string, number>>

/** Counts reasons as they come. */
export interface ReasonTally {
  readonly counts: ReasonCounts
  add(reason: string, count?: number): void
}

export function createReasonTally(): ReasonTally {
  const counts: Record<string, number> = {}
  return {
    counts,
    add(reason, count = 1) {
      if (count > 0) counts[reason] = (counts[reason] ?? 0) + count
    },
  }
}
