import type { SendOutcome } from './transport'

/** Timed out, asked too early, too many: of the client errors, those that are about the moment and not about the report. */
const PASSING: readonly number[] = [408, 425, 429]

/** What an HTTP status says of a report: any other error of the sender's is final, any of the server's is not. */
export function outcomeOf(status: number): SendOutcome {
  if (status >= 200 && status < 300) return 'accepted'
  return status >= 400 && status < 500 && !PASSING.includes(status) ? 'refused' : 'later'
}
