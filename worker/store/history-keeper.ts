import type { EngineConsent } from '../../src/shared/contract'
import { toIncoming } from '../history/clean'
import type { HistoryStore } from './history-store'

/** How the keeper comes by its stores. */
export type HistoryPlaces = {
  /** The disk, or memory with a `fault` where the disk refuses. Never rejects. */
  readonly openDisk: () => Promise<HistoryStore>
  readonly openMemory: () => HistoryStore
  /** Deletes every database of the namespace, whoever made it. */
  readonly wipeDisk: () => Promise<void>
  /** Runs `work` while no other tab runs such work. */
  readonly alone: (work: () => Promise<HistoryStore | undefined>) => Promise<HistoryStore | undefined>
}

/**
 * Holds the history that consent allows: the disk's where it is granted, memory for this document only, or none. Changes of consent run
 * one after the other, and whoever asks for the history waits for the last of them.
 */
export class HistoryKeeper {
  #consent: EngineConsent = 'denied'
  #hasBegun = false
  /** The last change asked for, while it is under way. */
  #latest: { readonly consent: EngineConsent; readonly done: Promise<void> } | undefined
  #store: Promise<HistoryStore | undefined> = Promise.resolve(undefined)
  readonly #places: HistoryPlaces

  constructor(places: HistoryPlaces) {
    this.#places = places
  }

  get consent(): EngineConsent {
    return this.#consent
  }

  /** The store in force; `undefined` where nothing may be remembered. */
  current(): Promise<HistoryStore | undefined> {
    return this.#store
  }

  /**
   * Puts a consent in force; resolves when it is, `denied` when the disk is wiped. `granted` after `session` stores what memory held;
   * `session` leaves the disk as it is. What is appended from now on waits for the change, so nothing lands on the wrong side of it.
   * @param before what else must let go of the disk first.
   */
  enforce(consent: EngineConsent, before?: Promise<void>): Promise<void> {
    // Asked again while it is being done, as at every start: a disk that is held up is not waited for twice.
    if (this.#latest?.consent === consent) return this.#latest.done
    const done = this.#enforce(consent, before)
    const latest = { consent, done }
    this.#latest = latest
    const forget = () => {
      if (this.#latest === latest) this.#latest = undefined
    }
    done.then(forget, forget)
    return done
  }

  async #enforce(consent: EngineConsent, before: Promise<void> | undefined): Promise<void> {
    const last = this.#consent
    this.#consent = consent
    // The first page of a visit must not wait for a lock; nor is there anything to do where nothing changes.
    const { alone } = this.#places
    const isFirst = !this.#hasBegun
    this.#hasBegun = true
    await this.#next(before, (store) => {
      if (isFirst || (consent === last && consent !== 'denied')) return this.#change(store, last, consent)
      return alone(() => this.#change(store, last, consent))
    })
  }

  /**
   * Another tab refused, and deletes what is on disk. What this one was just writing would outlive that, so it deletes as well, unless consent
   * was given again before its turn came: then what is there is new.
   */
  async hearRefusal(isRevoked: () => boolean): Promise<void> {
    this.#consent = 'denied'
    await this.#next(undefined, (store) =>
      this.#places.alone(async () => {
        await (isRevoked() ? store?.close() : store?.wipe())
        return undefined
      }),
    )
  }

  /** Another tab forgot everything: what memory holds goes too. */
  async hearForgotten(): Promise<void> {
    await this.#next(undefined, async (store) => {
      if (store?.kind === 'memory') await store.wipe()
      return store
    })
  }

  /**
   * Deletes everything that is remembered; the store, if there is one, goes on empty, and goes on as well where the disk could not be wiped.
   * @param before see `enforce`.
   */
  async wipe(before?: Promise<void>): Promise<void> {
    let wiped = Promise.resolve()
    await this.#next(before, async (store) => {
      wiped = (store ? store.wipe() : wiped).then(this.#places.wipeDisk)
      await wiped.catch(() => {})
      return store
    })
    await wiped
  }

  /** One change after the other. A change that fails rejects for whoever asked for it, and leaves no history behind rather than a doubtful one. */
  async #next(
    before: Promise<void> | undefined,
    change: (store: HistoryStore | undefined) => Promise<HistoryStore | undefined>,
  ): Promise<void> {
    this.#latest = undefined
    const changed = Promise.all([this.#store, before]).then(([store]) => change(store))
    this.#store = changed.catch(() => undefined)
    await changed
  }

  async #change(store: HistoryStore | undefined, before: EngineConsent, consent: EngineConsent): Promise<HistoryStore | undefined> {
    switch (consent) {
      case 'granted': {
        if (before === 'granted' && store) return store
        const disk = await this.#places.openDisk()
        const held = (await store?.all()) ?? []
        if (held.length > 0) await disk.append(held.map(toIncoming), true)
        return disk
      }
      case 'session':
        if (before === 'session' && store) return store
        await store?.close()
        return this.#places.openMemory()
      case 'denied':
        await store?.wipe()
        await this.#places.wipeDisk()
        return undefined
      default:
        return consent satisfies never
    }
  }
}
