import type { ProblemCounts } from './item-intake'
import type { PartFile, TailFile } from './pack-format'
import type { Shard } from './shard'

/** A source, opened: some items now, and how to have the others. */
export type CatalogPlan = {
  /** Tells contents apart: see `hash53`. */
  readonly contentHash: number
  readonly head: Shard
  /** Items in head and tails together. */
  readonly total: number
  readonly tailCount: number
  /** The files the tails come from; empty where they come from items in memory. */
  readonly tailFiles: readonly TailFile[]
  /** Files of what was learned, beside the tails; absent where nothing was. */
  readonly partFiles?: readonly PartFile[]
  /** Where those lie: ends in a slash. */
  readonly folder?: string
  readonly problems: ProblemCounts
  /**
   * The tail to load for an item which the head does not hold; -1 where there is none, and for tails that come over the network: which files
   * a visitor asks for must not depend on what the visitor did.
   */
  tailOf(id: string): number
  /** @throws SottoError of the source: network, format or encoder. */
  loadTail(tail: number): Promise<Shard>
}
