import { type Failure, toFailure } from '../../src/shared/errors'
import type { HistoryQuery, IncomingEvent, StoredEvent, TrackReceipt } from '../../src/shared/events'
import { type Checkpoint, EMPTY_CHECKPOINT } from '../history/checkpoint'
import { toIncoming } from '../history/clean'
import type { ConnectionOptions } from './connection'
import type { HistoryOptions, HistoryStore } from './history-store'
import { IndexedDbHistory } from './indexeddb-history'
import { MemoryHistory } from './memory-history'
import type { NoteKey } from './schema'

/**
 * The history on disk or, where the disk refuses now or later, in memory with the reason in `fault`. Never rejects; nothing that was
 * acknowledged as `stored` is lost by it, and what the disk can still tell goes along into memory.
 *
 * @param connection for tests: waits and migrations.
 */
export async function openHistory(options: HistoryOptions, connection: ConnectionOptions = {}): Promise<HistoryStore> {
  const history = new ResilientHistory(options, new IndexedDbHistory(options, connection))
  await history.probe()
  return history
}

class ResilientHistory implements HistoryStore {
  readonly #options: HistoryOptions
  readonly #disk: IndexedDbHistory
  #fault: Failure | undefined
  /** In the disk's place once that failed; a promise, so that all who wait for it get the same. */
  #standIn: Promise<MemoryHistory> | undefined

  constructor(options: HistoryOptions, disk: IndexedDbHistory) {
    this.#options = options
    this.#disk = disk
  }

  get kind(): HistoryStore['kind'] {
    return this.#fault ? 'memory' : 'indexeddb'
  }

  get fault(): Failure | undefined {
    return this.#fault
  }

  async probe(): Promise<void> {
    await this.#disk.probe().catch((thrown) => this.#fallBack(thrown))
  }

  checkpoint(): Promise<Checkpoint> {
    return this.#use((store) => store.checkpoint())
  }

  append(events: readonly IncomingEvent[], replayed: boolean): Promise<readonly TrackReceipt[]> {
    return this.#use((store) => store.append(events, replayed))
  }

  query(query: HistoryQuery): Promise<readonly StoredEvent[]> {
    return this.#use((store) => store.query(query))
  }

  all(): Promise<readonly StoredEvent[]> {
    return this.#use((store) => store.all())
  }

  note(key: NoteKey, change?: (kept: unknown) => object): Promise<unknown> {
    return this.#use((store) => store.note(key, change))
  }

  /** Deletes the disk's database too where memory stands in, and then tries the disk again: what stood in its way may be gone. */
  async wipe(): Promise<void> {
    const emptied = this.#standIn?.then((memory) => memory.wipe().then(() => memory))
    await this.#disk.wipe()
    const memory = await emptied
    if (!memory) return
    this.#standIn = undefined
    this.#fault = undefined
    await this.probe()
    // What came in while the disk was being wiped.
    await this.append((await memory.all()).map(toIncoming), true)
  }

  close(): Promise<void> {
    return this.#disk.close()
  }

  async #use<T>(act: (store: HistoryStore) => Promise<T>): Promise<T> {
    if (this.#standIn) return act(await this.#standIn)
    try {
      return await act(this.#disk)
    } catch (thrown) {
      return act(await this.#fallBack(thrown))
    }
  }

  #fallBack(thrown: unknown): Promise<MemoryHistory> {
    this.#fault ??= toFailure(thrown)
    this.#standIn ??= this.#fillMemory(this.#fault)
    return this.#standIn
  }

  /** A full disk can still be read; one that cannot leaves memory empty, and its content where it is. */
  async #fillMemory(fault: Failure): Promise<MemoryHistory> {
    const nothing = { checkpoint: EMPTY_CHECKPOINT, events: [] }
    if (fault.code !== 'storage-quota') return new MemoryHistory(this.#options, fault, nothing)
    const seed = await Promise.all([this.#disk.checkpoint(), this.#disk.all()]).then(
      ([checkpoint, events]) => ({ checkpoint, events }),
      () => nothing,
    )
    return new MemoryHistory(this.#options, fault, seed)
  }
}
