import type { CatalogStore } from '../store/catalog-store'
import { keepPartFile, readPartFile } from '../store/part-store'
import type { Fetch } from '../text/fetching'
import { invalid } from '../text/pack-invalid'
import { fetchBytes } from './fetch-bytes'
import type { LiveCatalog } from './live-catalog'
import type { PartFile } from './pack-format'

/** What `PackParts` works with; made by the catalog service. */
export type PackPartsOptions = {
  readonly live: LiveCatalog
  readonly fetch: Fetch
  /** The disk, as long as it may be used. */
  readonly store: () => CatalogStore | undefined
  /** Runs a write to the disk: nobody wipes it meanwhile. */
  readonly write: (work: () => Promise<void>) => Promise<void>
  /** Does something when nobody waits for an answer; where it resolves to true, the page is told that the catalog knows more. Failures show in `status`. */
  readonly later: (work: () => Promise<boolean>) => Promise<void>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Shows a failure in `status`. */
  readonly note: (thrown: unknown) => undefined
}

/** The files of what was learned for one catalog: on the disk, or beside the pack. */
export class PackParts {
  readonly files: readonly PartFile[]
  readonly #options: PackPartsOptions

  constructor(options: PackPartsOptions) {
    this.#options = options
    this.files = options.live.plan.partFiles ?? []
  }

  /** The bytes of one of the files, as kept on this device; `undefined` where it is not. A disk that fails has none, and `status` says why. */
  async kept({ file, bytes }: PartFile): Promise<Uint8Array<ArrayBuffer> | undefined> {
    const found = await this.#options
      .store()
      ?.attempt(false, (database) => readPartFile(database, file))
      .catch(this.#options.note)
    return found?.length === bytes ? found : undefined
  }

  /**
   * Fetches one of the files, and keeps it where it may. The address is the same for every visitor.
   * @throws SottoError `catalog-failed`, reason `network` or `http`; `pack-invalid` where it has another size than the pack says.
   */
  async fetch(part: PartFile): Promise<Uint8Array<ArrayBuffer>> {
    const { live, fetch, store, write, note } = this.#options
    const bytes = await fetchBytes(fetch, `${live.plan.folder}${part.file}`, false)
    if (bytes.length !== part.bytes) throw invalid(`${part.file} has ${bytes.length} bytes, expected ${part.bytes}`)
    const disk = store()
    const named = this.files.map(({ file }) => file)
    // A disk that is full or gone only means that the next page fetches it again.
    if (disk) write(() => disk.attempt(true, (database) => keepPartFile(database, part.file, bytes, named))).catch(note)
    return bytes
  }

  /**
   * Where the first `count` items of the catalog stand in the pack, whose order learned rows have.
   * @returns `undefined` where the order is the same: always, unless a later file came out of turn.
   */
  packRows(count: number): Int32Array | undefined {
    const { loadedTails, plan } = this.#options.live
    if (loadedTails.every((tail, at) => tail === at)) return
    const sizes = plan.tailFiles.map(({ items }) => items)
    const head = plan.total - sizes.reduce((sum, items) => sum + items, 0)
    const starts = sizes.map((_, tail) => sizes.slice(0, tail).reduce((sum, items) => sum + items, head))
    const rows = [...range(0, head), ...loadedTails.flatMap((tail) => range(starts[tail]!, sizes[tail]!))]
    return Int32Array.from(rows.slice(0, count))
  }
}

function range(start: number, length: number): number[] {
  return Array.from({ length }, (_, at) => start + at)
}
