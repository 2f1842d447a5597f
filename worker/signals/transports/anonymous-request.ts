/** What a transport sends with: the browser's own `fetch`, or a stand-in. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>

/** What all requests of all transports have in common: nothing that says who sends, from which page, or that it was here before. */
export const ANONYMOUS = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  // Neither read nor left behind: an entity tag that comes back is an identifier.
  cache: 'no-store',
  // A site that was redirected to is not the one that the plan names.
  redirect: 'error',
} as const satisfies RequestInit

/** Longer, and an answer is not waited for: the same is sent again at a later visit. */
export const DEADLINE_MS = 10_000

/** A page's keepalive requests may hold 64 KiB together (Fetch, section 4.6), and the site has some of its own; more would be refused. */
const KEEPALIVE_BYTES = 32_768

/** Whether a body may outlive its page. */
export function fitsKeepalive(body: Uint8Array): boolean {
  return body.length <= KEEPALIVE_BYTES
}
