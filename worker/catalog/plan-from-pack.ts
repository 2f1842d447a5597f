import type { Fetch } from '../text/fetching'
import type { CatalogPlan } from './catalog-plan'
import { loadFromSource } from './load-from-source'
import type { PartFile, TailFile } from './pack-format'

/**
 * How the later files of a pack are found and loaded: they lie beside the first.
 * @param url address of the pack's first file.
 */
export function packFiles(url: string, files: readonly TailFile[], partFiles: readonly PartFile[] | undefined, dim: number, fetch: Fetch) {
  const folder = url.replace(/[?#].*/s, '').replace(/[^/]*$/, '')
  return {
    tailFiles: files,
    ...(partFiles?.length && { partFiles, folder }),
    tailCount: files.length,
    tailOf: () => -1,
    async loadTail(tail) {
      const expected = files[tail]!
      return (await loadFromSource()).loadPackTail(fetch, folder + expected.file, expected, dim)
    },
  } satisfies Partial<CatalogPlan>
}
