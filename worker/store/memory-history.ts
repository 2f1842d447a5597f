import type { Failure } from '../../src/shared/errors'
import { eventIdPrefix, eventIdTime } from '../../src/shared/event-id'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from '../../src/shared/events'
import { FUTURE_SLACK_MS } from '../../src/shared/limits'
import { type Checkpoint, EMPTY_CHECKPOINT } from '../history/checkpoint'
import { type Arrival, idOf, intake } from '../history/intake'
import { lookupRanges } from '../history/lookup-ranges'
import { limitOf, matches } from '../history/matches'
import { excess, withoutEvents, withoutOldTouches } from '../history/retention'
import type { HistoryOptions, HistoryStore } from './history-store'
import type { NoteKey } from './schema'

/** What a store in memory starts with. */
export type MemorySeed = { readonly checkpoint: Checkpoint; readonly events: readonly StoredEvent[] }

/** The history of this document only: with consent `session`, and where the disk refuses. Behaves as the one on disk, and ends with the worker. */
export class MemoryHistory implements HistoryStore {
  readonly kind = 'memory'
  readonly fault: Failure | undefined
  readonly #options: HistoryOptions
  #checkpoint: Checkpoint
  readonly #notes = new Map<NoteKey, object>()
  /** Sorted by id. */
  #events: StoredEvent[]

  /**
   * @param fault why it stands in for the disk, where it does.
   * @param seed what the disk could still tell, events oldest first.
   */
  constructor(options: HistoryOptions, fault?: Failure, seed: MemorySeed = { checkpoint: EMPTY_CHECKPOINT, events: [] }) {
    this.#options = options
    this.fault = fault
    this.#checkpoint = seed.checkpoint
    this.#events = [...seed.events]
  }

  async checkpoint(): Promise<Checkpoint> {
    return withoutOldTouches(this.#checkpoint, this.#options.now() - this.#options.maxAgeMs)
  }

  async append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]> {
    const arrivals = events.map((event): Arrival => ({ event, replayed }))
    const now = this.#options.now()
    const ranges = replayed || events.some((event) => this.#holds(event)) ? lookupRanges(arrivals) : []
    const stored = ranges.flatMap(({ from, to }) => this.#events.slice(this.#before(from), this.#before(to)))
    const { maxAgeMs } = this.#options
    const { checkpoint, kept, receipts } = intake(this.#checkpoint, arrivals, { now, maxAgeMs, outcome: 'memory', stored })
    this.#checkpoint = checkpoint
    this.#add(kept)
    this.#retain(now)
    return receipts
  }

  async query(query: HistoryQuery): Promise<readonly StoredEvent[]> {
    const found: StoredEvent[] = []
    const limit = limitOf(query)
    const live = this.#live()
    for (let index = live.length - 1; index >= 0 && found.length < limit; index--) {
      if (matches(live[index]!, query)) found.push(live[index]!)
    }
    return found
  }

  async all(): Promise<readonly StoredEvent[]> {
    return this.#live()
  }

  async note(key: NoteKey, change?: (kept: unknown) => object): Promise<unknown> {
    if (change && this.#checkpoint !== EMPTY_CHECKPOINT) this.#notes.set(key, change(this.#notes.get(key)))
    return this.#notes.get(key)
  }

  async wipe(): Promise<void> {
    this.#notes.clear()
    this.#checkpoint = EMPTY_CHECKPOINT
    this.#events = []
  }

  async close(): Promise<void> {}

  #add(kept: readonly StoredEvent[]): void {
    const last = this.#events.at(-1)?.id ?? ''
    for (const event of kept) this.#events.push(event)
    if (kept.some(({ id }, index) => id < (kept[index - 1]?.id ?? last))) this.#events.sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  /** The same order of deletion as on disk: too old, then of a clock since set back, then the oldest. */
  #retain(now: number): void {
    const old = this.#events.splice(0, this.#before(eventIdPrefix(now - this.#options.maxAgeMs)))
    const surplus = excess(this.#events.length, this.#options.maxEvents)
    const future = surplus === 0 ? [] : this.#events.splice(this.#before(eventIdPrefix(now + FUTURE_SLACK_MS + 1)), surplus)
    const oldest = this.#events.splice(0, surplus - future.length)
    if (old.length + surplus === 0) return
    const first = this.#events[0]
    const firstTime = first && eventIdTime(first.id)
    this.#checkpoint = withoutEvents(this.#checkpoint, [...old, ...future, ...oldest], firstTime, oldest.at(-1)?.id)
  }

  #holds(event: IncomingEvent): boolean {
    const id = idOf(event)
    return this.#events[this.#before(id)]?.id === id
  }

  #live(): StoredEvent[] {
    return this.#events.slice(this.#before(eventIdPrefix(this.#options.now() - this.#options.maxAgeMs)))
  }

  /** How many events have an id before `id`. */
  #before(id: string): number {
    let low = 0
    let high = this.#events.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.#events[middle]!.id < id) low = middle + 1
      else high = middle
    }
    return low
  }
}
