import type { ChangeEvent, Sotto } from '../../src/api'
import { SottoError, type SottoErrorCode } from '../../src/shared/errors'
import type { EventName, EventParams } from '../../src/shared/events'
import type { Item } from '../../src/shared/items'
import type { RecommendedItem, RecommendRequest } from '../../src/shared/recommendation'
import type { Consent } from '../../src/shared/status'

/** A result of the kind `history`, with made-up evidence. */
export function resultOf(id: string, fields: Partial<Item> = {}, more: Partial<RecommendedItem> = {}): RecommendedItem {
  const item: Item = {
    id,
    title: `Title ${id}`,
    categories: ['Furniture', 'Chairs'],
    price: 12.5,
    currency: 'EUR',
    url: `#/p/${id}`,
    ...fields,
  }
  const because = [{ itemId: 'seen', title: 'Oak desk', event: 'view_item' as const, share: 0.6 }]
  return { id, score: 1, item, evidence: { kind: 'history', because, words: [], categories: [] }, ...more }
}

/** Answers what a test tells it to, and remembers what it was asked: the part of `Sotto` that a shelf uses. */
export class FakeSotto {
  consent: Consent = 'granted'
  results: readonly RecommendedItem[] = []
  /** Fail with this code instead. */
  failure: SottoErrorCode | undefined
  /** Set to hold answers back. */
  gate: Promise<void> | undefined
  readonly requests: RecommendRequest[] = []
  readonly tracked: { event: EventName; params: EventParams | undefined }[] = []
  trackFails: 'throw' | 'reject' | undefined
  readonly #listeners = new Set<(change: ChangeEvent) => void>()

  constructor(readonly namespace = 'default') {}

  /** The casts of a fake to the whole are kept in this one place. */
  get sotto(): Sotto {
    return this as unknown as Sotto
  }

  get listenerCount(): number {
    return this.#listeners.size
  }

  async recommend(request: RecommendRequest) {
    this.requests.push(request)
    const { results, failure } = this
    await this.gate
    if (failure) throw new SottoError(failure, 'told to fail')
    return { items: results.slice(0, request.limit ?? 8), strategy: request.strategy, backend: 'js' as const, ms: 1 }
  }

  track(event: EventName, params?: EventParams) {
    this.tracked.push({ event, params })
    if (this.trackFails === 'throw') throw new SottoError('invalid-argument', 'told to throw')
    if (this.trackFails === 'reject') return Promise.reject(new SottoError('storage-quota', 'told to reject'))
    return Promise.resolve({ id: '1', outcome: 'stored' as const })
  }

  on(_event: 'change', listener: (change: ChangeEvent) => void) {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  change(kind: ChangeEvent['kind']): void {
    for (const listener of [...this.#listeners]) listener({ kind })
  }

  setConsent(consent: Consent): void {
    this.consent = consent
    this.failure = consent === 'pending' ? 'consent-pending' : consent === 'denied' ? 'consent-denied' : undefined
    this.change('consent')
  }
}
