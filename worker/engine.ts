import { requestChecks } from '../src/shared/check-requests'
import type { ChangeKind, Engine, EngineConfig, EngineConsent, EngineMethod } from '../src/shared/contract'
import { SottoError } from '../src/shared/errors'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from '../src/shared/events'
import { loadPart } from '../src/shared/load-part'
import type { Explanation, Recommendation, RecommendRequest, Strategy } from '../src/shared/recommendation'
import type { SignalLedger, SignalPreview } from '../src/shared/signals/ledger'
import type { EngineStatus, ExportedData, ForgetProof, Profile } from '../src/shared/status'
import type { Catalog } from './catalog/catalog'
import type { CatalogService } from './catalog/catalog-service'
import { encodeQuery } from './catalog/encode-query'
import type { LiveCatalog } from './catalog/live-catalog'
import type { PackPartsOptions } from './catalog/pack-parts'
import { CalibrationMemory } from './compute/calibration-memory'
import type { IndexService } from './compute/index-service'
import type { TensorService } from './compute/tensors/tensor-service'
import type { VectorIndex } from './compute/vector-index'
import { type Checkpoint, EMPTY_CHECKPOINT } from './history/checkpoint'
import type { Learned } from './ranking/learned/learned'
import { type RankingContext, recommend } from './ranking/recommend'
import type { WordIndexes } from './ranking/search-words'
import type { PageNotes, SignalLink } from './signals/open-signals'
import type { Signals } from './signals/signals'
import type { CatalogStore } from './store/catalog-store'
import { HistoryKeeper, type HistoryPlaces } from './store/history-keeper'
import type { TabNews } from './tabs'
import type { EncoderService } from './text/encoder-service'
import { keywords } from './text/keywords'

/** Everything the engine needs of the world outside it; tests pass their own. */
export type EngineParts = {
  readonly historyPlaces: (config: EngineConfig) => HistoryPlaces
  /** Opens nothing until it is used. */
  readonly createCatalogStore: (namespace: string) => CatalogStore
  readonly createCatalog: (config: EngineConfig, store: CatalogStore | undefined, onChange: () => void) => CatalogService
  readonly indexes: (onChange: () => void, memory: CalibrationMemory) => IndexService
  readonly tensors: (onChange: () => void) => TensorService
  readonly encoders: EncoderService
  /** Names of the namespace's databases that exist, or of those of another name. */
  readonly listDatabases: (namespace: string, own?: string) => Promise<readonly string[]>
  /** Joins the tabs of a namespace: `hear` gets what others say. @returns says something to them. */
  readonly joinTabs: (namespace: string, hear: (news: TabNews) => void) => (news: TabNews) => void
  /** Tells this worker's own page. */
  readonly tellPage: (change: ChangeKind) => void
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds of a clock that is never set back. */
  readonly elapsed: () => number
  /** Loads what may leave: few page views need it. */
  readonly openSignals: (link: SignalLink<PackPartsOptions>) => Promise<Signals>
  /** Resolves when nobody waits for an answer. */
  readonly idle: () => Promise<void>
}

/** Shelves that are made of a history. */
const PERSONAL: readonly Strategy[] = ['for-you', 'cart', 'next', 'recently-viewed']

/** What `configure` sets up. */
type Running = {
  readonly config: EngineConfig
  readonly keeper: HistoryKeeper
  readonly catalog: CatalogService
  /** Whether the catalog's database may be used; where not, it resolves when nothing is being written to it any more. */
  readonly useDisk: (isAllowed: boolean) => Promise<void>
  readonly indexes: IndexService
  readonly tensors: TensorService
  readonly tellTabs: (news: TabNews) => void
}

/**
 * Remembers, understands, ranks and explains. Orchestration only: each step is a room of its own.
 *
 * Over 300 lines: one method for each of the contract's, and what they all begin with.
 */
export class LocalEngine implements Engine {
  readonly #parts: EngineParts
  readonly #wordIndexes: WordIndexes = new WeakMap()
  readonly #publishedDays: RankingContext['publishedDays'] = new WeakMap()
  #configured!: (running: Running) => void
  #setUp: Promise<void> | undefined
  /** Counts changes of what the disk may be used for. */
  #turn = 0
  #learned: { readonly live: LiveCatalog; readonly models: Promise<Learned> } | undefined
  #signals: Promise<Signals> | undefined
  #isVisitAhead = false
  /** On this page: the next one's engine is new. */
  #isForgotten = false
  readonly #page: PageNotes = { slots: new Set() }
  /** Calls that come before `configure` wait for it. */
  readonly #running = new Promise<Running>((resolve) => {
    this.#configured = resolve
  })

  constructor(parts: EngineParts) {
    this.#parts = parts
  }

  /**
   * Begins what a call to come will need: the page said so while it still waited for the worker. Nothing depends on it.
   * @param method a call that the page has made; it follows.
   */
  expect(config: EngineConfig, method: EngineMethod): void {
    // The page's own call gets the same promise, and what failed.
    this.configure(config).catch(() => {})
    if (config.consent === 'denied' || !(method === 'recommend' || method === 'rank')) return
    // So does whoever asks for a shelf.
    this.#running.then(({ catalog }) => catalog.usable()).catch(() => {})
  }

  /** Only the first one counts: the page calls it even where its early notice arrived. */
  configure(config: EngineConfig): Promise<void> {
    this.#setUp ??= this.#configure(config)
    return this.#setUp
  }

  async #configure(config: EngineConfig): Promise<void> {
    const { historyPlaces, createCatalog, createCatalogStore, indexes, tensors, joinTabs, tellPage } = this.#parts
    const keeper = new HistoryKeeper(historyPlaces(config))
    const catalogStore = createCatalogStore(config.namespace)
    const disk = config.consent === 'granted' ? catalogStore : undefined
    const memory = new CalibrationMemory(disk)
    const tellCompute = () => tellPage('compute')
    const index = indexes(tellCompute, memory)
    const models = tensors(tellCompute)
    index.configure(config.compute)
    const catalog = createCatalog(config, disk, () => tellPage('catalog'))
    const useDisk = async (isAllowed: boolean) => {
      const store = isAllowed ? catalogStore : undefined
      await Promise.all([catalog.setStore(store), memory.setDisk(store)])
    }
    let isRefused = false
    const tellTabs = joinTabs(config.namespace, (change) => {
      isRefused = change === 'denied' || (change !== 'granted' && isRefused)
      if (change === 'granted') return
      // A refusal in one tab is a refusal in all. A disk that this tab cannot wipe, the refusing one could not either, and has said so.
      if (change === 'denied') {
        useDisk(false).catch(() => {})
        keeper.hearRefusal(() => !isRefused).catch(() => {})
      }
      if (change === 'forgotten') {
        index.forget()
        keeper.hearForgotten().catch(() => {})
      }
      tellPage(change)
    })
    this.#configured({ config, keeper, catalog, useDisk, indexes: index, tensors: models, tellTabs })
    // Not awaited: a disk that keeps us waiting must not keep the catalog waiting. The page's setConsent follows, and hears of failures.
    keeper.enforce(config.consent).catch(() => {})
    await models.configure(config.compute)
  }

  async setConsent(consent: EngineConsent): Promise<void> {
    const { keeper, useDisk, tellTabs } = await this.#running
    const turn = ++this.#turn
    if (consent === 'denied' || (consent === 'granted' && keeper.consent !== 'granted')) tellTabs(consent)
    const diskLeft = consent === 'granted' ? undefined : useDisk(false)
    await keeper.enforce(consent, diskLeft)
    // Meanwhile consent may have changed again, or everything been forgotten.
    if (consent !== 'granted' || turn !== this.#turn) return
    this.#visit()
    await useDisk(true)
  }

  async addItems(items: readonly unknown[], last: boolean): Promise<void> {
    const { catalog } = await this.#running
    await catalog.addItems(items, last)
  }

  async append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]> {
    const { keeper, tellTabs } = await this.#running
    const store = await keeper.current()
    if (!store && keeper.consent !== 'denied') throw new SottoError('storage-lost', 'the history could not be opened; reload the page')
    if (!store) return events.map(({ id }) => ({ id, outcome: 'dropped', reason: 'consent-denied' }))
    const receipts = await store.append(events, replayed)
    if (receipts.some(({ outcome }) => outcome !== 'dropped')) {
      this.#parts.tellPage('history')
      tellTabs('history')
    }
    return receipts
  }

  async recommend(request: RecommendRequest): Promise<Recommendation> {
    requestChecks.recommend(request)
    const { strategy, slot = 'default' } = request
    const started = this.#parts.elapsed()
    const isPersonal = PERSONAL.includes(strategy)
    if (isPersonal && (await this.#running).keeper.consent === 'denied') {
      throw new SottoError('consent-denied', `${strategy} needs a history, and consent to keep one was refused`)
    }
    // Side by side: each opens a database of its own.
    const [checkpoint] = await Promise.all([this.#checkpoint(), this.#catalogFor(request)])
    const context = await this.#context(checkpoint)
    let scorer: VectorIndex | undefined
    const index = async () => {
      scorer = await context.index()
      return scorer
    }
    const items = await recommend(request, { ...context, index })
    const ms = this.#parts.elapsed() - started
    this.#page.shelfMs ??= ms
    if (items.length > 0 && !this.#page.slots.has(slot)) {
      this.#page.slots.add(slot)
      this.#visit()
    }
    // Asked afterwards: a GPU lost in mid-request has handed over by then.
    return { items, strategy, backend: scorer?.backend ?? 'none', ms }
  }

  async rank(ids: readonly string[]): Promise<readonly string[]> {
    requestChecks.rank(ids)
    const { catalog } = await this.#running
    // All of it even where nothing is known of the visitor: files that only some fetch would tell who they are.
    const [checkpoint] = await Promise.all([this.#checkpoint(), catalog.with(ids)])
    return (await onDemand()).rank(ids, await this.#context(checkpoint))
  }

  async explain(itemId: string): Promise<Explanation> {
    requestChecks.explain(itemId)
    const { explain } = await onDemand()
    await this.#catalogHolding(itemId)
    return explain(itemId, await this.#context(await this.#checkpoint()))
  }

  async profile(): Promise<Profile> {
    const { catalog } = await this.#running
    const checkpoint = (await this.#checkpoint()) ?? EMPTY_CHECKPOINT
    const ids = checkpoint.touches.map(({ id }) => id)
    // Without a catalog the counts are still true; only interests need one.
    const known = await catalog.with(ids).catch(() => undefined)
    return (await onDemand()).summarise(checkpoint, known, this.#parts.now())
  }

  async history(query: HistoryQuery): Promise<readonly StoredEvent[]> {
    requestChecks.history(query)
    const store = await (await this.#running).keeper.current()
    return (await store?.query(query)) ?? []
  }

  async status(): Promise<EngineStatus> {
    const { keeper, catalog, indexes, tensors } = await this.#running
    const store = await keeper.current()
    const { count, sessions, dropped } = (await store?.checkpoint()) ?? EMPTY_CHECKPOINT
    const storage = { kind: store?.kind ?? 'none', events: count, sessions, dropped, ...(store?.fault && { fault: store.fault }) } as const
    const compute = { ...indexes.status, tensors: tensors.status }
    return { storage, catalog: catalog.status(), compute, encoder: this.#parts.encoders.state }
  }

  async exportData(): Promise<ExportedData> {
    const { config, keeper } = await this.#running
    const { exportAll } = await onDemand()
    return exportAll({ config, keeper, now: this.#parts.now(), profile: await this.profile(), ledger: () => this.ledger() })
  }

  async forget(): Promise<ForgetProof> {
    const { config, keeper, useDisk, indexes, tellTabs } = await this.#running
    // The catalog is nobody's secret, but a proof that lists a database left over proves little. The next page caches it anew.
    this.#turn++
    this.#isForgotten = true
    await keeper.wipe(useDisk(false))
    indexes.forget()
    tellTabs('forgotten')
    this.#parts.tellPage('forgotten')
    const { proveForgotten } = await onDemand()
    return proveForgotten({ ...config, ...this.#parts, checkpoint: await this.#checkpoint(), signals: () => this.#openSignals() })
  }

  async ledger(): Promise<SignalLedger> {
    return (await this.#openSignals()).ledger()
  }

  async previewSignals(): Promise<SignalPreview> {
    return (await this.#openSignals()).preview()
  }

  /** Notes this page, and sends what is due, once nobody waits for an answer: no start is slower for it. Never rejects. */
  async #visit(): Promise<void> {
    const { signals } = (await this.#running).config
    if (!signals || this.#isVisitAhead) return
    this.#isVisitAhead = true
    await this.#parts.idle()
    this.#isVisitAhead = false
    await this.#openSignals()
      .then((opened) => opened.visit())
      .catch(() => {}) // the next visit tries again, and `ledger` meets the same failure and says it
  }

  #openSignals(): Promise<Signals> {
    this.#signals ??= this.#running.then((running) =>
      this.#parts.openSignals({
        ...running,
        idle: this.#parts.idle,
        page: this.#page,
        isForgotten: () => this.#isForgotten,
        learned: (parts) => this.#openLearned(parts, running.tensors),
      }),
    )
    return this.#signals
  }

  /** The checkpoint; `undefined` where nothing may be remembered. */
  async #checkpoint(): Promise<Checkpoint | undefined> {
    const { keeper } = await this.#running
    // Where nothing may be remembered, nobody waits for the disk to be wiped.
    if (keeper.consent === 'denied') return undefined
    return (await keeper.current())?.checkpoint()
  }

  /** Search and what is new look through everything, `similar` needs the item asked about; a personal shelf takes what is there rather than wait. */
  async #catalogFor({ strategy, itemId }: RecommendRequest): Promise<Catalog> {
    const { catalog } = await this.#running
    if (strategy === 'search' || strategy === 'new') return catalog.settled()
    return itemId === undefined ? catalog.usable() : this.#catalogHolding(itemId)
  }

  /** The catalog with this item in it, or all of the catalog. */
  async #catalogHolding(id: string): Promise<Catalog> {
    const { catalog } = await this.#running
    const near = await catalog.with([id])
    return near.indexOf(id) < 0 ? catalog.settled() : near
  }

  /** The same one as long as the catalog is the same, with the models that it has opened. */
  #openLearned(source: PackPartsOptions, tensors: TensorService): Promise<Learned> {
    const { live } = source
    if (this.#learned?.live !== live) {
      this.#learned?.models.then((models) => models.dispose()).catch(() => {}) // what never opened holds nothing
      const opening = loadPart('what ranks by learned models', () => import('./ranking/learned/learned'))
      const opened = { live, models: opening.then(({ Learned }) => new Learned(source, tensors)) }
      this.#learned = opened
      opened.models.catch(() => {
        if (this.#learned === opened) this.#learned = undefined // tried again at the next need
      })
    }
    return this.#learned.models
  }

  /** What ranking looks at: the catalog as far as it is here by now. */
  async #context(checkpoint: Checkpoint = EMPTY_CHECKPOINT): Promise<RankingContext> {
    const { keeper, catalog: service, indexes, tensors } = await this.#running
    // Items of the site's own list that wait to be encoded: the visitor's come first.
    const { catalog, parts } = await service.withParts(checkpoint.touches.map(({ id }) => id))
    // Where nothing may be remembered, nobody waits for the disk to be wiped.
    const store = keeper.consent === 'denied' ? undefined : await keeper.current()
    return {
      catalog,
      index: () => indexes.indexFor(catalog),
      ...(store && { memory: { note: (change) => store.note('ranker', change), since: (since) => store.query({ since, limit: 1000 }) } }),
      ...(parts && { learned: () => this.#openLearned(parts, tensors) }),
      checkpoint,
      now: this.#parts.now(),
      keywords,
      wordIndexes: this.#wordIndexes,
      publishedDays: this.#publishedDays,
      encodeQuery: async (text) => encodeQuery(await this.#parts.encoders.encoder(), catalog, text),
    }
  }
}

/** @throws SottoError `worker-failed` */
function onDemand() {
  return loadPart('what explains and exports', () => import('./on-demand'))
}
