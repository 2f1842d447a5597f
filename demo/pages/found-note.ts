/** What a search came to. */
export type Finding = {
  /** How many are shown. */
  readonly shown: number
  /** How many of them have a word of the query. */
  readonly withWords: number
  /** Whether there are more than are shown. */
  readonly isMore: boolean
  /** In the worker. */
  readonly ms: number
}

/** Says how many products a search by meaning found, how many of them by their words, and that nobody was asked. */
export function foundNote({ shown, withWords, isMore, ms }: Finding): string {
  const count = isMore ? `More than ${shown} found, here are the closest ${shown}` : `${shown} found`
  const time = ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`
  return `${count}: ${how(withWords, shown - withWords)}. On this device, in ${time}; the query went nowhere.`
}

function how(withWords: number, byMeaning: number): string {
  if (byMeaning === 0) return 'all by your words'
  if (withWords === 0) return 'all by meaning, without your words'
  return `${withWords} by your words, ${byMeaning} by meaning`
}
