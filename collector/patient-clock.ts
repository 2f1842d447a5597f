/** A machine's clock is put right by less than this now and then. */
const LEAP_MS = 3_600_000
/** So long a clock must keep to a time that it leapt ahead to until it is believed: an epoch that was closed too early stays closed for good. */
const DOUBT_MS = 86_400_000

export type PatientClockOptions = {
  /** Of the machine: milliseconds since 1970, whatever it was set to. */
  readonly now: () => number
  /** Milliseconds since any moment; never set, and going on while the machine sleeps: else it leaps when it wakes. Tens of milliseconds are fine enough. */
  readonly steady: () => number
  /** Hears, once a leap, how many milliseconds the clock is ahead from then on of what is believed. */
  readonly onLeap: (ms: number) => void
}

/**
 * A clock that does not believe the machine's at once when that leaps ahead by an hour or more between two looks at it: it goes on evenly until the machine's
 * has kept for a day, within an hour, to the time it leapt to, and from then on by that again; at once where that is put back. What the machine's clock says when this is made is believed.
 * @returns milliseconds since 1970.
 */
export function patientClock({ now, steady, onLeap }: PatientClockOptions): () => number {
  let ahead = now() - steady()
  let doubted: { readonly ahead: number; readonly since: number } | undefined
  return () => {
    const passed = steady()
    const told = now() - passed
    if (told - ahead < LEAP_MS) doubted = undefined
    else if (!doubted || Math.abs(told - doubted.ahead) >= LEAP_MS) {
      doubted = { ahead: told, since: passed }
      onLeap(told - ahead)
    } else if (passed - doubted.since >= DOUBT_MS) doubted = undefined
    if (!doubted) ahead = told
    return passed + ahead
  }
}
