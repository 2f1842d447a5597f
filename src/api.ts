import type { EventName, EventParams, HistoryQuery, StoredEvent, TrackReceipt } from './shared/events'
import type { Explanation, Recommendation, RecommendRequest } from './shared/recommendation'
import type { SignalLedger, SignalPreview } from './shared/signals/ledger'
import type { ComputeChoice, Consent, ExportedData, ForgetProof, Profile, Status } from './shared/status'

/** Options of `createSotto`; every one has a default. */
export type SottoOptions = {
  /** URL of a JSON array of items or of a catalog pack, or the array itself. Default: no catalog, so nothing can be recommended. */
  readonly catalog?: string | URL | readonly unknown[]
  /** Default `pending`: nothing is read, written or wiped until `setConsent` says what the visitor wants. */
  readonly consent?: Consent
  /**
   * Who scores and who runs models: `webgpu`, `wasm` (WebAssembly with SIMD) or `js`. Default `auto`: the fastest, as measured on this device
   * when nothing else was to be done. What cannot run here, or fails later, hands over to the next of these, and `status()` says why.
   */
  readonly compute?: ComputeChoice
  /** Part of every database, lock and channel name, so that several sites can share one origin. 1 to 40 of `a-z 0-9 - _`. Default `default`. */
  readonly namespace?: string
  /** Where the worker's script is served, for sites whose Content-Security-Policy forbids the default. */
  readonly workerSrc?: string | URL
  /** Makes the worker, for bundlers that cannot find it themselves. Wins over `workerSrc`. */
  readonly worker?: () => Worker
  /** Events older than this are deleted. Days, 1 to 3650, default 180. */
  readonly maxAgeDays?: number
  /** Beyond this count the oldest events are deleted. 100 to 100,000, default 10,000. */
  readonly maxEvents?: number
  /**
   * Where randomized signals go: the collector's address, or more. Default: nowhere; nothing is loaded for them then, and nothing leaves. They need consent
   * `granted`, a page served by https, and a browser that does not send Global Privacy Control.
   */
  readonly signals?: string | URL | SignalOptions
}

export type SignalOptions = {
  /** Address of the collector; reports go to `v1/reports` under it. */
  readonly collector: string | URL
  /** Address of the signal plan. Default: `v1/plan.json` under the collector's. */
  readonly plan?: string | URL
  /** SHA-256 of the plan's bytes, 64 hexadecimal digits: no other plan is followed. Default: whatever plan is served. */
  readonly planHash?: string
  /** Address of an Oblivious HTTP relay (RFC 9458), so that the collector does not see where reports come from. Default: none. */
  readonly relay?: string | URL
}

/** What `on('change')` tells; it carries no content, ask again for what you need. */
export type ChangeEvent = { readonly kind: 'history' | 'catalog' | 'consent' | 'forgotten' | 'compute' | 'worker' }

/** One running Sotto: everything a site can ask of it. */
export interface Sotto {
  readonly namespace: string
  readonly consent: Consent
  /**
   * Remembers one event. Posted to the worker in the same task, so that it survives a navigation right after.
   * @throws SottoError `invalid-argument`, at once, naming the argument.
   * @returns resolves when the transaction is done.
   */
  track(event: EventName, params?: EventParams): Promise<TrackReceipt>
  /** @throws SottoError `invalid-argument` at once. Rejects `consent-pending`, `consent-denied`, `unknown-item`, `catalog-failed`, `encoder-failed`, worker codes. */
  recommend(request: RecommendRequest): Promise<Recommendation>
  /** The same ids, best first; as given where nothing is known of the visitor, consent is missing or the engine failed. */
  rank(ids: readonly string[]): Promise<readonly string[]>
  explain(itemId: string): Promise<Explanation>
  profile(): Promise<Profile>
  /** Newest first. */
  history(query?: HistoryQuery): Promise<readonly StoredEvent[]>
  /** Never rejects: it is what says why other things do. */
  status(): Promise<Status>
  exportData(): Promise<ExportedData>
  /** Every report that left or waits to, byte for byte and in words, and what of the privacy budget is spent. Rejects `consent-pending`, storage codes. */
  ledger(): Promise<SignalLedger>
  /** What this week would be reported as, with what is true beside what would be told; nothing is sent. Rejects as `ledger`. */
  previewSignals(): Promise<SignalPreview>
  /** Deletes everything kept on this device under this namespace and proves it by listing what is left: `kept`, the privacy budget's counters, stays. */
  forget(): Promise<ForgetProof>
  /** Resolves when the change is in force (`denied`: when all is wiped). */
  setConsent(consent: Consent): Promise<void>
  /** Calls `listener` when something changed, here or in another tab. @returns stops it. */
  on(event: 'change', listener: (change: ChangeEvent) => void): () => void
  /** Stops the worker and rejects what is under way; the namespace can then be created anew. */
  close(): Promise<void>
}
