import type { SendOutcome } from './transport'

/** Timed out, asked too early, too many: of the client errors, those that are about the moment and not about the report. */
const PASSING: readonly number[] = [408, 425, 429]
/** What the collector calls a reason, and DAP a problem: a word or an URN, whatever else is said. */
const REASON = /"(?:code|type)"\s*:\s*"([\w:-]{1,99})"/

/**
 * What an HTTP answer says of a report: any other error of the sender's is final, any of the server's is not.
 * @param text the answer's body, read only where it gives the reason of a refusal. @throws what it throws: an answer that breaks off says nothing.
 */
export async function outcomeOf(status: number, text: () => Promise<string>): Promise<SendOutcome> {
  if (status >= 200 && status < 300) return 'accepted'
  if (status < 400 || status >= 500 || PASSING.includes(status)) return 'later'
  const [, reason = `HTTP status ${status}`] = REASON.exec(await text()) ?? []
  return { refusedFor: reason }
}
