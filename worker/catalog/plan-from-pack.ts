import type { Fetch } from '../text/load-encoder'
import type { CatalogPlan } from './catalog-plan'
import { fetchBytes } from './fetch-bytes'
import type { TailFile } from './pack-format'
import { readPackTail } from './read-pack'

/** A browser opens about so many connections to one server. */
const TAILS_AT_ONCE = 6

/**
 * How the later files of a pack are found and loaded: they lie beside the first.
 * @param url address of the pack's first file.
 */
export function packTails(url: string, files: readonly TailFile[], dim: number, fetch: Fetch) {
  const folder = url.replace(/[?#].*/s, '').replace(/[^/]*$/, '')
  return {
    tailFiles: files,
    tailCount: files.length,
    tailsAtOnce: TAILS_AT_ONCE,
    tailOf: () => -1,
    async loadTail(tail) {
      const expected = files[tail]!
      return readPackTail(await fetchBytes(fetch, folder + expected.file, false), expected, dim)
    },
  } satisfies Partial<CatalogPlan>
}
