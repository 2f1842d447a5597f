import { type Failure, fromFailure, SottoError, toFailure } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import type { CatalogStatus } from '../../src/shared/status'
import type { CatalogStore } from '../store/catalog-store'
import type { Catalog } from './catalog'
import { asCatalogError, catalogClosed, catalogFailed } from './catalog-failed'
import type { CatalogPlan } from './catalog-plan'
import type { CatalogServiceOptions } from './catalog-service-options'
import { createDeferred } from './deferred'
import { fetchBytes } from './fetch-bytes'
import type { ItemIntake } from './item-intake'
import { createLiveCatalog, type LiveCatalog, RETRY_MS } from './live-catalog'
import { loadFromSource } from './load-from-source'
import { openSaved } from './open-saved'
import type { PackPartsOptions } from './pack-parts'
import { createSlices } from './slices'

/** Between two questions whether the catalog changed: prices do, and a shop's tabs are many. */
const REVALIDATE_MS = 15 * 60_000

/**
 * The catalog of one engine, from wherever it can be had. Loads nothing before it is first asked for.
 *
 * Over 300 lines: whatever is opened, saved, recovered or revalidated shares the one state by which a reset makes it void.
 */
export class CatalogService {
  readonly #options: CatalogServiceOptions
  #store: CatalogStore | undefined
  #opening: Promise<LiveCatalog> | undefined
  #live: LiveCatalog | undefined
  #from: CatalogStatus['from'] = 'none'
  /** Why there is no catalog, and since when. */
  #fault: SottoError | undefined
  #failedAt = 0
  /** What failed without taking the catalog away: the disk, an update. */
  #sideFault: Failure | undefined
  #checkedAt = 0
  #isRevalidating = false
  /** The disk lost what it had: not to be read again before something is saved. */
  #isDiskBroken = false
  #background: Promise<void> = Promise.resolve()
  #saving: Promise<void> = Promise.resolve()
  /** Raised when all that is under way has become void. */
  #era = 0
  #isClosed = false
  /** What the page hands over, until its last slice. */
  #intake: Promise<ItemIntake> | undefined
  #page = createDeferred<ItemIntake>()

  constructor(options: CatalogServiceOptions) {
    this.#options = options
    this.#store = options.store
  }

  /**
   * What can be recommended from now: at least the head. For source `page` it waits for the last slice.
   * @throws SottoError `catalog-failed`; `details.reason` is `none`, `network`, `http`, `not-json`, `not-a-list`, `empty`, or the code of what
   *   failed beneath it. The next call after half a minute tries again. `closed` after `close`.
   */
  async usable(): Promise<Catalog> {
    return (await this.#open()).current
  }

  /**
   * The same, and these ids first where the items are at hand and only wait to be encoded. An id may still be missing: the parts of a pack are
   * fetched in one order for everybody, since asking for those of a visitor's items would tell the server which these are.
   */
  async with(ids: readonly string[]): Promise<Catalog> {
    return (await this.#open()).with(ids)
  }

  /** All of it, except for parts that failed to load: `status` names the fault. */
  async settled(): Promise<Catalog> {
    return (await this.#open()).settled()
  }

  /**
   * Takes one slice of a page's catalog. After the last one, a further slice begins a new catalog that replaces the old.
   * @throws SottoError `worker-failed` where the code for it does not load; without a catalog from before, there is then none until a list
   *   was handed over from its first slice.
   */
  async addItems(entries: readonly unknown[], last: boolean): Promise<void> {
    if (this.#options.source.kind !== 'page') throw new SottoError('invalid-argument', 'addItems: the catalog does not come from the page')
    const intake = await this.#openIntake()
    intake.add(entries)
    if (!last) return
    if (this.#page.isSettled) {
      this.#reset()
      this.#page = createDeferred()
    }
    this.#page.resolve(intake)
    this.#intake = undefined
  }

  #openIntake(): Promise<ItemIntake> {
    this.#intake ??= loadFromSource().then(
      ({ createItemIntake }) => createItemIntake(),
      (thrown) => {
        this.#intake = undefined
        // The page may give up: whoever waits for its list must not wait for ever. A list from before stays.
        this.#page.reject(thrown)
        throw thrown
      },
    )
    return this.#intake
  }

  /** The same as `with`, and what learned parts of that very catalog are read with; `undefined` where it brings none. */
  async withParts(ids: readonly string[]): Promise<{ readonly catalog: Catalog; readonly parts: PackPartsOptions | undefined }> {
    const live = await this.#open()
    return { catalog: await live.with(ids), parts: this.#partsOf(live) }
  }

  #partsOf(live: LiveCatalog): PackPartsOptions | undefined {
    if (!live.plan.partFiles) return undefined
    const write = (work: () => Promise<void>) => {
      const writing = work()
      this.#saving = Promise.all([this.#saving, writing.catch(() => {})]).then(() => {})
      return writing
    }
    const { fetch, now, onChange } = this.#options
    const later = (work: () => Promise<boolean>) => this.#inBackground(async () => void ((await work()) && onChange()))
    return { live, fetch, now, store: () => this.#store, write, later, note: (thrown) => this.#note(thrown) }
  }

  status(): CatalogStatus {
    const live = this.#live
    const fault = live?.fault ?? (this.#fault ? toFailure(this.#fault) : this.#sideFault)
    const waiting = this.#fault && !this.#opening ? 'failed' : 'loading'
    return {
      state: this.#options.source.kind === 'none' ? 'none' : live ? 'ready' : waiting,
      loaded: live?.current.count ?? 0,
      total: live?.plan.total ?? 0,
      from: this.#from,
      problems: live?.plan.problems ?? {},
      ...(fault && { fault }),
    }
  }

  /**
   * The disk became available, or must no longer be touched. In the second case a catalog whose items lie on the disk is loaded anew when
   * next needed, and this resolves when nothing is being written any more: the disk can then be wiped.
   */
  async setStore(store: CatalogStore | undefined): Promise<void> {
    if (store === this.#store) return
    this.#store = store
    this.#isDiskBroken = false
    // While it is being opened nobody can tell yet where it comes from.
    if (this.#from === 'disk' || !this.#live) this.#reset()
    else if (store && this.#live) this.#inBackground(() => this.#save())
    await this.#saving
  }

  /** Resolves when all that was begun behind the callers' backs is done. */
  pending(): Promise<void> {
    return this.#background
  }

  /** Stops loading and waits for what is being written. The store is the caller's to close. */
  async close(): Promise<void> {
    this.#isClosed = true
    this.#store = undefined
    this.#reset()
    this.#page.reject(catalogClosed())
    await this.#saving
  }

  /** Whatever is loaded or being loaded no longer counts. */
  #reset(): void {
    this.#era++
    this.#live?.stop()
    this.#live = undefined
    this.#opening = undefined
    this.#fault = undefined
    this.#from = 'none'
  }

  async #open(): Promise<LiveCatalog> {
    if (this.#isClosed) throw catalogClosed()
    this.#revalidateWhenDue()
    if (this.#live) return this.#live
    if (!this.#opening) {
      if (this.#fault && Math.abs(this.#options.now() - this.#failedAt) < RETRY_MS) throw this.#fault
      this.#opening = this.#start(this.#era)
    }
    const era = this.#era
    try {
      const live = await this.#opening
      if (era === this.#era) return live
    } catch (thrown) {
      if (era === this.#era) throw thrown
    }
    // Begun before a reset: not what is wanted any more.
    return this.#open()
  }

  async #start(era: number): Promise<LiveCatalog> {
    try {
      const saved = await this.#openSaved()
      const live = saved?.live ?? createLiveCatalog(await this.#planFromSource(), [], this.#options)
      if (era !== this.#era) return live
      this.#live = live
      this.#fault = undefined
      this.#from = saved ? 'disk' : this.#options.source.kind === 'page' ? 'page' : 'network'
      this.#checkedAt = saved?.checkedAt ?? this.#options.now()
      this.#inBackground(() => this.#finish(live))
      this.#revalidateWhenDue()
      return live
    } catch (thrown) {
      const error = asCatalogError(thrown)
      if (era === this.#era) {
        this.#fault = error
        this.#failedAt = this.#options.now()
        this.#opening = undefined
      }
      throw error
    }
  }

  /** A disk that fails is no reason to have no catalog. */
  async #openSaved() {
    const { source, fetch } = this.#options
    if (source.kind !== 'url' || !this.#store || this.#isDiskBroken) return undefined
    const recover = (ids: readonly string[], thrown: unknown) => this.#recover(ids, thrown)
    return openSaved(this.#store, source.url, fetch, recover, this.#options).catch((thrown) => this.#note(thrown))
  }

  async #planFromSource(): Promise<CatalogPlan> {
    const { source, fetch } = this.#options
    switch (source.kind) {
      case 'none':
        throw catalogFailed('none', 'none was given; name one in data-catalog, or in the option `catalog`')
      case 'page': {
        const { planFromItems } = await loadFromSource()
        return planFromItems(await this.#page.promise, { contentHash: 0, ...(await this.#encoding()) })
      }
      case 'url': {
        const [{ planFromBytes }, bytes] = await Promise.all([loadFromSource(), fetchBytes(fetch, source.url, false)])
        return planFromBytes(bytes, source.url, fetch, await this.#encoding())
      }
      default:
        return source satisfies never
    }
  }

  /** How texts become vectors: kept ones are used again. */
  async #encoding() {
    const { now, pause, loadEncoder } = this.#options
    const known = await this.#store?.read().then(
      async (saved) => this.#store && saved && (await loadFromSource()).readKnownVectors(this.#store, saved.head),
      (thrown) => this.#note(thrown),
    )
    return { known, loadEncoder, slices: createSlices(now, pause) }
  }

  /** Streams in the rest and keeps the whole; a pack's head is kept at once, its visitor may leave soon. */
  async #finish(live: LiveCatalog): Promise<void> {
    const before = live.current.count
    if (this.#from === 'network') await this.#save()
    await live.settled()
    if (live !== this.#live) return
    if (live.current.count > before) this.#options.onChange()
    if (this.#from !== 'disk' || live.current.count > before) await this.#save()
  }

  async #save(): Promise<void> {
    const live = this.#live
    const store = this.#store
    // Items of a list that is not wholly encoded could not be had back from the disk alone.
    if (!live || !store || (!live.isComplete && live.plan.tailFiles.length === 0)) return
    const { source, now, pause } = this.#options
    const isWanted = () => store === this.#store && live === this.#live
    const save = async () => (await loadFromSource()).saveLive(store, source, live, this.#checkedAt, isWanted, createSlices(now, pause))
    const saving = save().then(
      () => {
        this.#isDiskBroken = false
      },
      (thrown) => isWanted() && this.#note(thrown),
    )
    this.#saving = Promise.all([this.#saving, saving]).then(() => {})
    await saving
  }

  #revalidateWhenDue(): void {
    const { source, now } = this.#options
    const live = this.#live
    const age = now() - this.#checkedAt
    if (!live || source.kind !== 'url' || this.#isRevalidating || (age >= 0 && age < REVALIDATE_MS)) return
    this.#isRevalidating = true
    this.#inBackground(() => this.#revalidate(source.url, live)).finally(() => {
      this.#isRevalidating = false
    })
  }

  /** Puts a new version in the old one's place when all of it is here and sound; otherwise the old one stays. */
  async #revalidate(url: string, live: LiveCatalog): Promise<void> {
    const { fetch, now, onChange } = this.#options
    this.#checkedAt = now()
    const [{ hash53, planFromBytes }, bytes] = await Promise.all([loadFromSource(), fetchBytes(fetch, url, true)])
    if (hash53(bytes) === live.plan.contentHash) return this.#store?.setCheckedAt(this.#checkedAt)
    const next = createLiveCatalog(await planFromBytes(bytes, url, fetch, await this.#encoding()), [], this.#options)
    await next.settled()
    if (next.fault) throw fromFailure(next.fault)
    if (live !== this.#live) return
    live.stop()
    this.#live = next
    this.#opening = Promise.resolve(next)
    this.#from = 'network'
    this.#sideFault = undefined
    onChange()
    await this.#save()
  }

  /** Another tab replaced or deleted what lies on the disk: the same items from where they can be had. */
  async #recover(ids: readonly string[], thrown: unknown): Promise<readonly Item[]> {
    this.#note(thrown)
    if (this.#from === 'disk') {
      this.#isDiskBroken = true
      this.#reset()
      this.#options.onChange()
    }
    const catalog = await this.with(ids)
    const indices = ids.map((id) => catalog.indexOf(id))
    if (indices.includes(-1)) throw asCatalogError(thrown)
    return catalog.items(indices)
  }

  /** Queues work for when there is time; void after a reset. What fails shows in `status`. */
  #inBackground(work: () => Promise<void>): Promise<void> {
    const era = this.#era
    this.#background = this.#background
      .then(this.#options.idle)
      .then(() => (era === this.#era ? work() : undefined))
      .catch((thrown) => this.#note(thrown))
    return this.#background
  }

  #note(thrown: unknown): undefined {
    this.#sideFault = toFailure(thrown)
  }
}
