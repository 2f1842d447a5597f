/** Told how far a long piece of work is. */
export interface Progress {
  /** Begins a step; the one before is over. @param total in the unit of `advance`. */
  begin(step: string, total: number): void
  advance(by: number): void
  /** How far the step is as a share, 0 to 1. */
  reach(share: number): void
  end(): void
}

/** For work that nobody watches. */
export const NO_PROGRESS: Progress = { begin() {}, advance() {}, reach() {}, end() {} }
