/** A server that takes a request and never answers would be waited for without end. Long enough for 1.4 MB on a slow phone. */
export const FETCH_DEADLINE_MS = 60_000

/** The part of `fetch` that Sotto uses. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>
