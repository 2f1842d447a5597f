/** A machine's clock is put right by less than this now and then. */
const LEAP_MS = 3_600_000
/** So long a clock must keep to a time that it leapt ahead to until it is believed: an epoch that was closed too early stays closed for good. */
const DOUBT_MS = 86_400_000

export type PatientClockOptions = {
  /** Of the machine: milliseconds since 1970, whatever it was set to. */
  readonly now: () => number
  /** Milliseconds since any moment; never set. */
  readonly steady: () => number
  /** Hears, once a leap, by how many milliseconds the clock leapt ahead. */
  readonly onLeap: (ms: number) => void
}

/**
 * A clock that does not believe the machine's at once when that leaps ahead by an hour or more between two looks at it: it goes on evenly for a day, and from
 * then on by the machine's again; at once where that is put back. What the machine's clock says when this is made is believed.
 * @returns milliseconds since 1970.
 */
export function patientClock({ now, steady, onLeap }: PatientClockOptions): () => number {
  let ahead = now() - steady()
  let doubtedSince: number | undefined
  return () => {
    const [told, passed] = [now(), steady()]
    const leap = told - passed - ahead
    if (leap < LEAP_MS) doubtedSince = undefined
    else if (doubtedSince === undefined) {
      doubtedSince = passed
      onLeap(leap)
    } else if (passed - doubtedSince >= DOUBT_MS) doubtedSince = undefined
    if (doubtedSince === undefined) ahead = told - passed
    return passed + ahead
  }
}
