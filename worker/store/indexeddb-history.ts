import { unwrap } from 'idb'
import { SottoError } from '../../src/shared/errors'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from '../../src/shared/events'
import { type Checkpoint, EMPTY_CHECKPOINT } from '../history/checkpoint'
import type { Arrival } from '../history/intake'
import { withoutOldTouches } from '../history/retention'
import { appendBatch, makeRoom } from './append-batch'
import { Connection, type ConnectionOptions } from './connection'
import { nameOf, storageError } from './faults'
import type { HistoryOptions, HistoryStore } from './history-store'
import { readCheckpoint } from './read-checkpoint'
import { allEvents, queryEvents } from './read-history'
import { CHECKPOINT, CHECKPOINT_KEY, EVENTS, type HistoryDatabase, type HistorySchema, historyDatabase, type NoteKey } from './schema'
import { transact, type WriteTransaction } from './transact'

type Batch = {
  readonly arrivals: readonly Arrival[]
  readonly resolve: (receipts: readonly TrackReceipt[]) => void
  readonly reject: (reason: unknown) => void
}
type Job = Batch | (() => Promise<void>)

/**
 * The history on disk. Methods reject with a storage code of `SottoError` when the disk fails for good; what was not acknowledged is then
 * not stored. Reading never creates the database: one that does not exist reads as empty.
 */
export class IndexedDbHistory implements HistoryStore {
  readonly kind = 'indexeddb'
  readonly fault = undefined
  readonly #options: HistoryOptions
  readonly #connection: Connection<HistorySchema>
  /** In the order asked for: a wipe must not take what is appended after it, nor leave what was before. */
  readonly #jobs: Job[] = []
  #isWorking = false
  /** Room was made and was not enough: the batches that wait must not cost a tenth of the history each. */
  #hasMadeRoom = false

  constructor(options: HistoryOptions, connection: ConnectionOptions = {}) {
    this.#options = options
    this.#connection = new Connection(historyDatabase(options.namespace), connection)
  }

  /** Opens the database if it exists, so that a disk that refuses shows at once. @throws SottoError as `openDatabase`. */
  async probe(): Promise<void> {
    await this.#connection.open(false)
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#read(EMPTY_CHECKPOINT, async (database) => {
      const checkpoint = await readCheckpoint(database.transaction([EVENTS, CHECKPOINT]))
      // A visitor who only reads keeps nothing too long either: storing nothing deletes what is too old. A disk that fails shows at the next append.
      const isSomeOld = checkpoint.firstTime !== undefined && checkpoint.firstTime < this.#oldest()
      if (isSomeOld) this.#enqueue({ arrivals: [], resolve: () => {}, reject: () => {} })
      return withoutOldTouches(checkpoint, this.#oldest())
    })
  }

  append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]> {
    if (events.length === 0) return Promise.resolve([])
    return new Promise((resolve, reject) => {
      this.#enqueue({ arrivals: events.map((event) => ({ event, replayed })), resolve, reject })
    })
  }

  query(query: HistoryQuery): Promise<readonly StoredEvent[]> {
    return this.#read([], (database) => queryEvents(database, query, this.#oldest()))
  }

  all(): Promise<readonly StoredEvent[]> {
    return this.#read([], (database) => allEvents(database, this.#oldest()))
  }

  note(key: NoteKey, change?: (kept: unknown) => object): Promise<unknown> {
    return this.#read<unknown>(undefined, (database) => {
      if (!change) return database.get(CHECKPOINT, key)
      return transact(database, async (transaction) => {
        const store = transaction.objectStore(CHECKPOINT)
        const [kept, events] = await Promise.all([store.get(key), store.getKey(CHECKPOINT_KEY)])
        if (events === undefined) return kept
        const next = change(kept)
        await store.put(next, key)
        return next
      })
    })
  }

  /** @throws SottoError `storage-blocked` where another connection stays; its content is gone even so, unless that could not be opened. */
  wipe(): Promise<void> {
    return this.#inTurn(async () => {
      try {
        const database = await this.#connection.open(false)
        if (database) await transact(database, clear)
      } catch {
        // Of a newer version, lost or blocked: the deletion below decides whether all is gone.
      }
      await this.#connection.delete()
    })
  }

  close(): Promise<void> {
    return this.#inTurn(() => this.#connection.close())
  }

  #inTurn(job: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#enqueue(() => job().then(resolve, reject))
    })
  }

  #enqueue(job: Job): void {
    this.#jobs.push(job)
    if (!this.#isWorking) void this.#work()
  }

  /**
   * Does what is waiting, one thing at a time, batches that wait together in one transaction. Runs up to the start of the first
   * transaction in the task that called, as the page may be about to go: no timer, no waiting for more.
   */
  async #work(): Promise<void> {
    this.#isWorking = true
    for (let job = this.#jobs.shift(); job; job = this.#jobs.shift()) {
      if (typeof job === 'function') {
        await job()
        continue
      }
      const batches = [job]
      for (let next = this.#jobs[0]; next && typeof next === 'object'; next = this.#jobs[0]) {
        batches.push(next)
        this.#jobs.shift()
      }
      await this.#store(batches)
    }
    this.#isWorking = false
  }

  async #store(batches: readonly Batch[]): Promise<void> {
    try {
      const receipts = await this.#storeOrMakeRoom(batches.flatMap(({ arrivals }) => arrivals))
      let start = 0
      for (const { arrivals, resolve } of batches) {
        resolve(receipts.slice(start, start + arrivals.length))
        start += arrivals.length
      }
    } catch (thrown) {
      for (const { reject } of batches) reject(thrown)
    }
  }

  async #storeOrMakeRoom(arrivals: readonly Arrival[]): Promise<readonly TrackReceipt[]> {
    // After a failure nobody knows how much of it was stored: then every id is looked up.
    const append = () => this.#attempt(async (isAgain) => appendBatch(await this.#connection.open(true), arrivals, isAgain, this.#options))
    let receipts: readonly TrackReceipt[]
    try {
      receipts = await append()
    } catch (thrown) {
      const isOutOfSpace = thrown instanceof SottoError && thrown.code === 'storage-quota'
      if (!isOutOfSpace || this.#hasMadeRoom) throw thrown
      this.#hasMadeRoom = true
      const count = await this.#read(0, (database) => makeRoom(database, this.#options))
      if (count === 0) throw thrown
      receipts = await append()
    }
    this.#hasMadeRoom = false
    return receipts
  }

  #read<T>(missing: T, work: (database: HistoryDatabase) => Promise<T>): Promise<T> {
    return this.#attempt(async () => {
      const database = await this.#connection.open(false)
      return database ? work(database) : missing
    })
  }

  /**
   * Runs `work`, and once more on a new connection where it fails: iOS, and a clearing of site data, end connections under way, and a dead
   * handle stays dead.
   */
  async #attempt<T>(work: (isAgain: boolean) => Promise<T>): Promise<T> {
    try {
      return await work(false)
    } catch (thrown) {
      if (thrown instanceof SottoError) throw thrown
      if (isFull(thrown)) throw this.#error('storage-quota', thrown)
      // An id that is there already is no fault of the connection.
      if (nameOf(thrown) !== 'ConstraintError') await this.#connection.close()
    }
    try {
      return await work(true)
    } catch (thrown) {
      throw this.#error(isFull(thrown) ? 'storage-quota' : 'storage-lost', thrown)
    }
  }

  #error(code: 'storage-quota' | 'storage-lost', cause: unknown): SottoError {
    return storageError(code, this.#connection.name, cause)
  }

  #oldest(): number {
    return this.#options.now() - this.#options.maxAgeMs
  }
}

function isFull(thrown: unknown): boolean {
  return nameOf(thrown) === 'QuotaExceededError'
}

async function clear(transaction: WriteTransaction): Promise<void> {
  for (const name of transaction.objectStoreNames) unwrap(transaction.objectStore(name)).clear()
}
