import type { StoredEvent } from '../../src/shared/events'
import type { Catalog } from '../catalog/catalog'
import type { VectorIndex } from '../compute/vector-index'
import type { Checkpoint } from '../history/checkpoint'
import type { Learned } from './learned/learned'
import type { WordIndexes } from './search-words'

/** Where the ranker keeps what the visitor's choices taught it. */
export type RankerMemory = {
  /** See `HistoryStore.note`. */
  note(change?: (kept: unknown) => object): Promise<unknown>
  /** Events from that moment on (ms since 1970), newest first, at most 1,000. */
  since(time: number): Promise<readonly StoredEvent[]>
}

/** Everything a ranking looks at, given by the engine. */
export type RankingContext = {
  readonly catalog: Catalog
  /** Over the vectors of that catalog; made when it is first asked for, since `recently-viewed` needs none. */
  readonly index: () => Promise<VectorIndex>
  readonly checkpoint: Checkpoint
  /** Milliseconds since 1970. */
  readonly now: number
  /** A vector of norm 1; all zeros for a text without a letter or digit. Loads the text encoder where it was not needed before. */
  readonly encodeQuery: (text: string) => Promise<Float32Array>
  /** The content words of a text: as compared, to as first written. */
  readonly keywords: (text: string) => ReadonlyMap<string, string>
  /** What the site's logs taught; absent where the catalog brings nothing of the kind. May reject with `worker-failed`. */
  readonly learned?: () => Promise<Learned>
  /** What the device remembers beside events; absent where nothing may be remembered. Its promises may reject with a storage code. */
  readonly memory?: RankerMemory
  /** Days since 1970 on which items were published, NaN where they do not say, kept here by `new`. */
  readonly publishedDays: WeakMap<Catalog, Promise<Float32Array>>
  /** Search keeps the words of catalogs here. */
  readonly wordIndexes: WordIndexes
}
