import type { Journal } from './journal'
import type { DropReason, IncomingEvent, TrackReceipt } from './shared/events'
import type { Consent } from './shared/status'

/** Enough for the page view that asks for consent; a visitor who never answers must not fill the memory. */
const MAX_HELD = 100

type Waiting = { readonly id: string; readonly json: string; readonly resolve: (receipt: TrackReceipt) => void }

/** Appends a batch of events. */
export type Post = (events: readonly IncomingEvent[], replayed: boolean) => Promise<readonly TrackReceipt[]>

/**
 * Carries events from `track` to the engine. What is tracked in one task leaves in one message **within that task** (a microtask): a page
 * may be about to navigate, and the browser delivers what was posted before that, but runs no timer. With consent `granted` each batch
 * also lies in the journal until it is acknowledged.
 */
export class Outbox {
  #held: { id: string; json: string }[] = []
  #batch: Waiting[] = []
  readonly #post: Post
  readonly #journal: Journal
  #consent: Consent = 'pending'

  constructor(post: Post, journal: Journal) {
    this.#post = post
    this.#journal = journal
  }

  /** @param json of the `IncomingEvent`: plain data, whatever the site passed. */
  add(id: string, json: string): Promise<TrackReceipt> {
    if (this.#consent === 'denied') return Promise.resolve(dropped(id, 'consent-denied'))
    if (this.#consent === 'pending') {
      if (this.#held.length >= MAX_HELD) return Promise.resolve(dropped(id, 'consent-pending'))
      this.#held.push({ id, json })
      return Promise.resolve({ id, outcome: 'held' })
    }
    return this.#enqueue(id, json)
  }

  /** Applies a change of consent: what was held is sent or let go, and what the last page left in the journal is replayed or wiped. */
  setConsent(consent: Consent): void {
    this.#consent = consent
    if (consent === 'pending') return
    if (consent === 'denied') this.#journal.clear()
    if (consent === 'granted') this.#replay()
    const held = this.#held
    this.#held = []
    if (consent !== 'denied') for (const { id, json } of held) void this.#enqueue(id, json)
  }

  /** Lets go of everything not yet sent. */
  forget(): void {
    this.#held = []
    this.#journal.clear()
  }

  /** Sends what was added in this task, now: what is asked next must not overtake it. */
  async flush(): Promise<void> {
    const batch = this.#batch
    if (!batch[0]) return
    this.#batch = []
    const json = `[${batch.map((event) => event.json).join(',')}]`
    const key = this.#consent === 'granted' ? this.#journal.add(json, batch[0].id) : undefined
    const receipts = await this.#deliver(json, false, key)
    batch.forEach(({ id, resolve }, index) => {
      resolve(receipts?.[index] ?? (key ? { id, outcome: 'held' } : dropped(id, 'engine-failed')))
    })
  }

  #enqueue(id: string, json: string): Promise<TrackReceipt> {
    return new Promise((resolve) => {
      if (this.#batch.push({ id, json, resolve }) === 1) queueMicrotask(() => void this.flush())
    })
  }

  #replay(): void {
    for (const key of this.#journal.keys()) void this.#deliver(this.#journal.read(key), true, key)
  }

  /** @returns `undefined` where the engine failed (`status()` says why); a journalled batch then waits for the next page. */
  async #deliver(json: string, replayed: boolean, key: string | undefined): Promise<readonly TrackReceipt[] | undefined> {
    try {
      const receipts = await this.#post(parseBatch(json), replayed)
      if (key) this.#journal.remove(key)
      return receipts
    } catch {
      return undefined
    }
  }
}

/** What lies in session storage may have been changed by anyone on the origin: what is not a batch is an empty one. */
function parseBatch(json: string): IncomingEvent[] {
  try {
    const batch: unknown = JSON.parse(json)
    // Each event is validated by the engine, whatever it holds.
    return Array.isArray(batch) ? (batch as IncomingEvent[]) : []
  } catch {
    return []
  }
}

function dropped(id: string, reason: DropReason): TrackReceipt {
  return { id, outcome: 'dropped', reason }
}
