import type { ChangeEvent, Sotto } from './api'
import { Bridge } from './bridge'
import { checkEvent } from './check-event'
import { Journal } from './journal'
import type { Settings } from './options'
import { Outbox } from './outbox'
import type { RequestChecks } from './shared/check-requests'
import { checkOneOf, refuse } from './shared/checks'
import type { ChangeKind, Engine, EngineConfig, EngineConsent } from './shared/contract'
import { SottoError, toFailure } from './shared/errors'
import { eventId } from './shared/event-id'
import type { EventName, EventParams, HistoryQuery, StoredEvent, TrackReceipt } from './shared/events'
import type { Explanation, Recommendation, RecommendRequest } from './shared/recommendation'
import type { SignalLedger, SignalPreview } from './shared/signals/ledger'
import {
  CONSENT_STATES,
  type Consent,
  type EngineStatus,
  type ExportedData,
  type ForgetProof,
  type Profile,
  type Status,
} from './shared/status'
import { VERSION } from './shared/version'

/** Items of a catalog handed over at a time: `postMessage` of 50,000 at once would hold the page for 77 ms. */
const ITEMS_PER_SLICE = 500

const NOTHING: EngineStatus = {
  storage: { kind: 'none', events: 0, sessions: 0, dropped: {} },
  catalog: { state: 'none', loaded: 0, total: 0, from: 'none', problems: {} },
  compute: {
    requested: 'auto',
    backend: 'none',
    reason: 'not started',
    steps: [],
    tensors: { backend: 'none', reason: 'not started', steps: [] },
  },
  encoder: 'not-loaded',
}

/** The public object: checks arguments, guards consent, and asks the engine through the bridge. */
export class PageSotto implements Sotto {
  readonly namespace: string
  #consent: Consent
  readonly #settings: Settings
  readonly #bridge: Bridge
  readonly #journal: Journal
  readonly #outbox: Outbox
  /** Keeps events of one millisecond in order. */
  #tracked = 0
  readonly #listeners = new Set<(change: ChangeEvent) => void>()
  readonly #checks: RequestChecks | undefined
  readonly #onClose: () => void

  /** @param starters ways to make the worker, in order. @param checks see `createWith`. @param onClose called once, by `close()`. */
  constructor(settings: Settings, starters: readonly (() => Worker)[], checks: RequestChecks | undefined, onClose: () => void) {
    this.#settings = settings
    this.namespace = settings.namespace
    this.#consent = settings.consent
    this.#checks = checks
    this.#onClose = onClose
    this.#journal = new Journal(settings.namespace, () => sessionStorage)
    this.#bridge = new Bridge({
      starters,
      config: () => this.#config(),
      prepare: (call) => void this.#prepare(call),
      onChange: (kind) => this.#heed(kind),
    })
    this.#outbox = new Outbox((events, replayed) => this.#bridge.call('append', events, replayed), this.#journal)
    // A page that is only being prerendered was not visited: until it is shown, consent counts as pending.
    if (isPrerendering()) document.addEventListener('prerenderingchange', () => this.#enforce(), { once: true })
    else this.#enforce()
  }

  get consent(): Consent {
    return this.#consent
  }

  track(event: EventName, params: EventParams = {}): Promise<TrackReceipt> {
    checkEvent(event, params)
    const time = Date.now()
    const id = eventId(time, randomText, this.#tracked++)
    return this.#outbox.add(id, plainJson('track: params', { id, name: event, time, params }))
  }

  recommend(request: RecommendRequest): Promise<Recommendation> {
    this.#checks?.recommend(request)
    return this.#ask('recommend', request)
  }

  rank(ids: readonly string[]): Promise<readonly string[]> {
    this.#checks?.rank(ids)
    // A listing must be shown whatever happens: status() says why it was not ranked.
    return this.#ask('rank', ids).catch((error: SottoError) => {
      if (error.code === 'invalid-argument') throw error
      return ids
    })
  }

  explain(itemId: string): Promise<Explanation> {
    this.#checks?.explain(itemId)
    return this.#ask('explain', itemId)
  }

  profile(): Promise<Profile> {
    return this.#ask('profile')
  }

  history(query: HistoryQuery = {}): Promise<readonly StoredEvent[]> {
    this.#checks?.history(query)
    return this.#ask('history', query)
  }

  async status(): Promise<Status> {
    const engine = this.#bridge.state === 'not-started' ? NOTHING : await this.#bridge.call('status').catch(() => NOTHING)
    const { fault, restarts } = this.#bridge
    return {
      ...engine,
      version: VERSION,
      namespace: this.namespace,
      consent: this.#consent,
      worker: { state: this.#bridge.state, restarts, ...(fault && { fault: toFailure(fault) }) },
      journal: { waiting: this.#consent === 'granted' ? this.#journal.keys().length : 0, failures: this.#journal.failures },
    }
  }

  exportData(): Promise<ExportedData> {
    return this.#ask('exportData')
  }

  ledger(): Promise<SignalLedger> {
    return this.#ask('ledger')
  }

  previewSignals(): Promise<SignalPreview> {
    return this.#ask('previewSignals')
  }

  async forget(): Promise<ForgetProof> {
    void this.#outbox.flush()
    this.#outbox.forget()
    const proof = await this.#bridge.call('forget')
    return { ...proof, journal: this.#journal.keys() }
  }

  setConsent(consent: Consent): Promise<void> {
    checkOneOf('setConsent: consent', consent, CONSENT_STATES)
    // What was tracked before goes the way of what held before.
    void this.#outbox.flush()
    this.#consent = consent
    this.#tell({ kind: 'consent' })
    return this.#enforce()
  }

  on(event: 'change', listener: (change: ChangeEvent) => void): () => void {
    if (event !== 'change') refuse('on: event', "'change'", event)
    if (typeof listener !== 'function') refuse('on: listener', 'a function', listener)
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#bridge.close()
    this.#onClose()
  }

  /** Puts the consent in force: first the engine hears of it, then what waits for it goes the same way. */
  #enforce(): Promise<void> {
    const consent = isPrerendering() ? 'pending' : this.#consent
    // Nothing is started only to be told to wait.
    if (consent === 'pending' && this.#bridge.state === 'not-started') return Promise.resolve()
    const heard = this.#bridge.call('setConsent', forEngine(consent))
    // Most callers don't hold this promise: where the worker failed, status() says why.
    heard.catch(() => {})
    this.#outbox.setConsent(consent)
    return heard
  }

  #config(): EngineConfig {
    const { items: _, ...config } = this.#settings
    return { ...config, consent: forEngine(this.#consent) }
  }

  /** Configures a worker that has just started, before anything else reaches it. */
  async #prepare(call: Bridge['call']): Promise<void> {
    const { items } = this.#settings
    try {
      await call('configure', this.#config())
      for (let start = 0; items && (start === 0 || start < items.length); start += ITEMS_PER_SLICE) {
        const slice = items.slice(start, start + ITEMS_PER_SLICE)
        const isLast = start + ITEMS_PER_SLICE >= items.length
        // What cannot be cloned (a function in a field, say) goes as what JSON makes of it.
        await call('addItems', slice, isLast).catch(() => call('addItems', slice.map(asPlain), isLast))
      }
    } catch (error) {
      // The bridge fails every later call with the same error; a catalog that stops half-way shows in status().
      if (!(error instanceof SottoError)) throw error
    }
  }

  #ask<M extends 'recommend' | 'rank' | 'explain' | 'profile' | 'history' | 'exportData' | 'ledger' | 'previewSignals'>(
    method: M,
    ...args: Parameters<Engine[M]>
  ): ReturnType<Engine[M]> {
    void this.#outbox.flush()
    if (this.#consent !== 'pending' && !isPrerendering()) return this.#bridge.call(method, ...args)
    const error = new SottoError('consent-pending', `${method}: consent is pending, so nothing may be read; call setConsent first`)
    return Promise.reject(error) as ReturnType<Engine[M]> // a rejection has every type
  }

  #heed(kind: ChangeKind | 'worker'): void {
    // Another tab forgot or refused: what waits here would bring some of it back.
    if (kind === 'forgotten') this.#outbox.forget()
    if (kind === 'denied') {
      this.#consent = 'denied'
      this.#outbox.setConsent('denied')
    }
    this.#tell({ kind: kind === 'denied' ? 'consent' : kind })
  }

  #tell(change: ChangeEvent): void {
    for (const listener of this.#listeners) {
      // A listener's own fault must neither stop the others nor look like Sotto's: it is reported as any uncaught error is.
      try {
        listener(change)
      } catch (error) {
        reportError(error)
      }
    }
  }
}

/** While consent is pending there is no engine; one that is already there then keeps to memory, which leaves the disk alone. */
function forEngine(consent: Consent): EngineConsent {
  return consent === 'pending' ? 'session' : consent
}

function isPrerendering(): boolean {
  return (document as { prerendering?: boolean }).prerendering === true // not yet in TypeScript's DOM types
}

function randomText(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(2)), (word) => word.toString(36)).join('')
}

/** @throws SottoError `invalid-argument` for what JSON cannot hold: cycles, BigInt, getters that throw. */
function plainJson(name: string, value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return refuse(name, 'plain data without cycles', value)
  }
}

function asPlain(item: unknown): unknown {
  try {
    return JSON.parse(JSON.stringify(item))
  } catch {
    return undefined // counted by the engine as an item that is not an object
  }
}
