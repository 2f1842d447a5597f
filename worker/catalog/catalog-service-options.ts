import type { CatalogSource } from '../../src/shared/contract'
import type { CatalogStore } from '../store/catalog-store'
import type { Encoder } from '../text/encoder'
import type { Fetch } from '../text/fetching'

/** What a `CatalogService` is given. */
export type CatalogServiceOptions = {
  readonly source: CatalogSource
  /** Absent: nothing is read from the disk or written to it. */
  readonly store: CatalogStore | undefined
  /** Called only when a text must be encoded; expected to load once and to keep the promise. */
  readonly loadEncoder: () => Promise<Encoder>
  readonly fetch: Fetch
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Resolves in a later task: see `pause`. */
  readonly pause: () => Promise<void>
  /** Resolves when the engine has nothing better to do: what follows a start (streaming, saving, revalidating) waits for it. */
  readonly idle: () => Promise<void>
  /** Told when another catalog took the place of the one before: more of it, or a new version. */
  readonly onChange: () => void
}
