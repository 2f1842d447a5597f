/** Half a frame: an append that arrives meanwhile waits no longer. */
const SLICE_MS = 8

/** Cuts long work into slices. */
export interface Slices {
  /** To be awaited after each small step; lets other tasks run when the slice is used up. */
  breathe(): Promise<void> | undefined
}

/**
 * @param now milliseconds; may be set back, which ends a slice.
 * @param pause resolves in a later task.
 */
export function createSlices(now: () => number, pause: () => Promise<void>): Slices {
  let start = now()
  return {
    breathe() {
      if (Math.abs(now() - start) < SLICE_MS) return undefined
      return pause().then(() => {
        start = now()
      })
    },
  }
}

/** Resolves in a later task, so that messages and storage get their turn. */
export function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve))
}
