import type { EventName, StoredEvent } from '../../../src/shared/events'
import { BayesianRanker, type Belief } from '../ranker/bayesian-ranker'

/** A shelf that was shown, with what the ranker saw of each item: kept until it is known what came of it. */
export type ShownShelf = {
  readonly slot: string
  /** Milliseconds since 1970. */
  readonly time: number
  /** As they stood, best first. */
  readonly ids: readonly string[]
  /** [ids.length, dim] row-major. */
  readonly rows: Float32Array
  /** [ids.length] what was learned of each already: 0 nothing, 1 that it was turned to, 2 that it was bought. */
  readonly learned: Uint8Array
}

/** What this device has learned, and what it waits to learn from. */
export type RankerNote = {
  readonly version: 1
  /** File of the blend it started from: another pack has another prior. */
  readonly prior: string
  readonly belief: Belief
  readonly shown: readonly ShownShelf[]
}

/** What came of a shelf shows within a session. */
const KEPT_MS = 30 * 60_000
const MAX_SHELVES = 6
/** A purchase says more than a look, and looks are many. */
const BOUGHT_IMPORTANCE = 3

const TURNED_TO: ReadonlySet<EventName> = new Set(['select_item', 'view_item', 'add_to_cart', 'add_to_wishlist', 'like', 'begin_checkout'])

/**
 * Learns from what became of shown shelves. Of a shelf that something was taken from, what stood above it was passed over, and one more; what
 * stood further down may not have been seen (Joachims et al., SIGIR 2005, "click > skip above" and "last click > skip above"). From a shelf
 * that nothing was taken from nothing is learned.
 * @param events since the first of these shelves, in any order.
 * @param now milliseconds since 1970.
 * @returns the belief after, and the shelves that may still tell something.
 */
export function learnFromShown(note: RankerNote, events: readonly StoredEvent[], now: number): RankerNote {
  const ranker = new BayesianRanker(note.belief)
  const takenOf = takenFrom(note.shown, events)
  const shown = note.shown.map((shelf, number) => {
    const taken = takenOf[number]!
    const last = taken.reduce((latest, level, at) => (level > shelf.learned[at]! ? at : latest), -1)
    if (last < 0) return shelf
    const dim = shelf.rows.length / shelf.ids.length
    const seen = Math.min(shelf.ids.length, last + 2)
    const news = Array.from({ length: seen }, (_, at) => taken[at]! > shelf.learned[at]!)
    // Passed over counts once, with the first thing that was taken.
    const isFirst = shelf.learned.every((level) => level === 0)
    const importance = news.map((isNew, at) => (isNew ? (taken[at] === 2 ? BOUGHT_IMPORTANCE : 1) : Number(isFirst)))
    ranker.update(shelf.rows.subarray(0, seen * dim), news.map(Number), importance)
    return { ...shelf, learned: taken }
  })
  return { ...note, belief: ranker.belief, shown: shown.filter(({ time }) => now - time < KEPT_MS && time <= now) }
}

/** Adds a shelf; one of the same slot that nothing was taken from was replaced before it was looked at long. */
export function withShelf(note: RankerNote, shelf: ShownShelf): RankerNote {
  const others = note.shown.filter(({ slot, learned }) => slot !== shelf.slot || learned.some((level) => level > 0))
  return { ...note, shown: [...others, shelf].slice(-MAX_SHELVES) }
}

/**
 * What lies on the disk, if it is a note for this prior.
 * @param dim features of the ranker.
 */
export function readNote(kept: unknown, prior: string, dim: number): RankerNote | undefined {
  const note = kept as Partial<RankerNote> | undefined // every field that is used is looked at below
  if (note?.version !== 1 || note.prior !== prior || !Array.isArray(note.shown)) return
  const { mean, precision } = note.belief ?? {}
  if (!(mean instanceof Float64Array && precision instanceof Float64Array && mean.length === dim)) return
  if (precision.length !== dim * dim || !mean.every(Number.isFinite) || !precision.every(Number.isFinite)) return
  const shown = note.shown.filter((shelf) => isShelf(shelf, dim))
  return { version: 1, prior, belief: { mean, precision }, shown }
}

function isShelf(shelf: unknown, dim: number): shelf is ShownShelf {
  const { ids, rows, learned, time, slot } = Object(shelf) as Partial<ShownShelf> // looked at in the next lines
  if (!Array.isArray(ids) || !ids.length || typeof slot !== 'string' || !Number.isFinite(time)) return false
  return rows instanceof Float32Array && rows.length === ids.length * dim && learned instanceof Uint8Array && learned.length === ids.length
}

/** What was taken of each shelf, what was learned before included: an event counts for the latest shelf that showed its item by then. */
function takenFrom(shelves: readonly ShownShelf[], events: readonly StoredEvent[]): readonly Uint8Array[] {
  const taken = shelves.map(({ learned }) => learned.slice())
  for (const event of events) {
    const level = event.name === 'purchase' ? 2 : Number(TURNED_TO.has(event.name))
    if (level === 0) continue
    for (const { item_id } of event.items ?? []) {
      const latest = shelves.findLastIndex(({ time, ids }) => time <= event.time && ids.includes(item_id))
      if (latest < 0) continue
      const at = shelves[latest]!.ids.indexOf(item_id)
      taken[latest]![at] = Math.max(taken[latest]![at]!, level)
    }
  }
  return taken
}
