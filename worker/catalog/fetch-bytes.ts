import { SottoError } from '../../src/shared/errors'
import { FETCH_DEADLINE_MS, type Fetch } from '../text/fetching'
import { gunzip } from '../text/gunzip'
import { catalogFailed } from './catalog-failed'

/**
 * Fetches a file of the catalog. Sends no credentials and no referrer, so the request says nothing of visitor or page.
 * @param revalidate ask the server even where the browser's cache has a copy; if it is still right, only headers travel.
 * @throws SottoError `catalog-failed`, reason `network` or `http`.
 */
export async function fetchBytes(fetch: Fetch, url: string, revalidate: boolean): Promise<Uint8Array<ArrayBuffer>> {
  const name = url.replace(/[?#].*/s, '').slice(0, 200)
  try {
    const response = await fetch(url, {
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: revalidate ? 'no-cache' : 'default',
      signal: AbortSignal.timeout(FETCH_DEADLINE_MS),
    })
    if (response.ok) return await gunzip(new Uint8Array(await response.arrayBuffer()))
    throw catalogFailed('http', `${name} answered ${response.status}; check the address`, { status: response.status })
  } catch (cause) {
    if (cause instanceof SottoError) throw cause
    throw catalogFailed('network', `${name} did not load (${cause}); check address, CORS and Content-Security-Policy`, {}, cause)
  }
}
