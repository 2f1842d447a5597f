import type { Fetch } from '../text/fetching'
import { fetchBytes } from './fetch-bytes'
import type { TailFile } from './pack-format'
import { readPackTail } from './read-pack'
import type { Shard } from './shard'

/** Fetches one of a pack's later files. @throws SottoError `catalog-failed`, `pack-invalid`. */
export async function loadPackTail(fetch: Fetch, url: string, expected: TailFile, dim: number): Promise<Shard> {
  return readPackTail(await fetchBytes(fetch, url, false), expected, dim)
}
