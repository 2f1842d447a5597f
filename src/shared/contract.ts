import type { Failure } from './errors'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from './events'
import type { Explanation, Recommendation, RecommendRequest } from './recommendation'
import type { SignalLedger, SignalPreview } from './signals/ledger'
import type { ComputeChoice, Consent, EngineStatus, ExportedData, ForgetProof, Profile } from './status'

/** Where items come from. `page`: the page hands them over in slices with `addItems`. */
export type CatalogSource = { readonly kind: 'none' } | { readonly kind: 'url'; readonly url: string } | { readonly kind: 'page' }

/** Where signals go and what they are asked by. Every URL is absolute. */
export type SignalSource = {
  readonly collector: string
  /** Address of the plan; default: the collector's. */
  readonly plan?: string
  /** SHA-256 in hex: no other plan is followed. */
  readonly planHash?: string
  /** Address of an Oblivious HTTP relay, so that the collector does not see where reports come from. */
  readonly relay?: string
  /** That the browser asks not to be asked (Global Privacy Control), as the page sees it: extensions tell pages and not workers. */
  readonly optedOut?: boolean
}

/** Consent states under which the engine may exist at all: while it is pending, no engine is started. */
export type EngineConsent = Exclude<Consent, 'pending'>

export type EngineConfig = {
  readonly namespace: string
  readonly consent: EngineConsent
  readonly compute: ComputeChoice
  readonly catalog: CatalogSource
  /** Events older than this are deleted. */
  readonly maxAgeMs: number
  /** Beyond this count the oldest events are deleted. */
  readonly maxEvents: number
  /** Absent where the site asks for nothing: then nothing is loaded for it, and nothing leaves. */
  readonly signals?: SignalSource
}

/**
 * The engine as every side sees it: the worker implements it, the page's proxy implements it, unit tests call the real one with no
 * worker at all. Only plain data crosses. `configure` comes first; every other method waits for it. Failures are `SottoError`s.
 */
export interface Engine {
  /** Sets up storage, catalog and compute. Resolves at once; slow parts go on behind, and what needs them waits. */
  configure(config: EngineConfig): Promise<void>
  /** Changes consent: `denied` wipes the disk before it resolves; `session` leaves the disk alone; `granted` stores what memory holds. */
  setConsent(consent: EngineConsent): Promise<void>
  /** One slice of the catalog, for source `page`; items are validated here. `last` closes it. */
  addItems(items: readonly unknown[], last: boolean): Promise<void>
  /**
   * Appends a batch in one transaction; resolves when it is done, one receipt an event, in order.
   * @param replayed the page cannot know whether these were stored before: each id is looked up first.
   */
  append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]>
  recommend(request: RecommendRequest): Promise<Recommendation>
  /** The same ids, best first. Items that the catalog lacks, and all where nothing is known of the visitor, keep their places. */
  rank(ids: readonly string[]): Promise<readonly string[]>
  explain(itemId: string): Promise<Explanation>
  profile(): Promise<Profile>
  history(query: HistoryQuery): Promise<readonly StoredEvent[]>
  status(): Promise<EngineStatus>
  exportData(): Promise<ExportedData>
  /** What left this device by signals, what waits, and what it cost. */
  ledger(): Promise<SignalLedger>
  /** What the current epoch would be reported as. */
  previewSignals(): Promise<SignalPreview>
  /** Deletes everything of this namespace, then lists what is left. */
  forget(): Promise<ForgetProof>
}

export type EngineMethod = keyof Engine

/** What comes back over the border: comlink keeps only the message of a thrown error, so failures travel as values. */
export type Reply<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: Failure }

/** What the worker exposes: one function, so that one proxy serves every method. `ping` is answered by the entry itself. */
export type EngineCall = (method: EngineMethod | 'ping', args: readonly unknown[]) => Promise<Reply<unknown>>

/**
 * What changed, told to the page by the worker. `history`, `forgotten` and `denied` also go to the other tabs by BroadcastChannel:
 * a refusal in one tab is a refusal in all. Carries no content.
 */
export type ChangeKind = 'history' | 'forgotten' | 'denied' | 'catalog' | 'compute'

/**
 * What the page posts beside comlink's messages, before the worker said that it is ready: how it will be configured, and a call to come. It
 * may be lost, where the worker's script loads in two steps; the calls themselves follow in any case. So nothing depends on it, but where it
 * arrives the disk is being read while page and worker still shake hands.
 */
export type EarlyNotice = { readonly sotto: 'early'; readonly config: EngineConfig; readonly method: EngineMethod }

/** Messages from the worker beside comlink's own. */
export type WorkerNotice =
  | { readonly sotto: 'ready'; readonly protocol: number }
  | { readonly sotto: 'change'; readonly change: ChangeKind }
