import type { Fetch } from '../text/load-encoder'
import type { CatalogPlan } from './catalog-plan'
import { fetchBytes } from './fetch-bytes'
import type { TailFile } from './pack-format'
import { readPackTail } from './read-pack'

/**
 * How the later files of a pack are found and loaded: they lie beside the first.
 * @param url address of the pack's first file.
 */
export function packTails(url: string, files: readonly TailFile[], dim: number, fetch: Fetch) {
  const folder = url.replace(/[?#].*/s, '').replace(/[^/]*$/, '')
  return {
    tailFiles: files,
    tailCount: files.length,
    tailOf: () => -1,
    async loadTail(tail) {
      const expected = files[tail]!
      return readPackTail(await fetchBytes(fetch, folder + expected.file, false), expected, dim)
    },
  } satisfies Partial<CatalogPlan>
}
