/** Counts what is left out, by reason. */
export class Drops {
  readonly counts: Record<string, number> = {}

  add(reason: string): void {
    this.counts[reason] = (this.counts[reason] ?? 0) + 1
  }
}
