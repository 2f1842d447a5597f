const PROGRESS_MS = 1000

/** Tells what is being done once a second at most; whatever comes between is passed over. @param clock in ms, monotonic. */
export function seldom(tell: (doing: string) => void, clock: () => number): (doing: string) => void {
  let toldMs = Number.NEGATIVE_INFINITY
  return (doing) => {
    if (clock() - toldMs < PROGRESS_MS) return
    toldMs = clock()
    tell(doing)
  }
}
