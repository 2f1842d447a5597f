import type { IDBPDatabase } from 'idb'
import { Connection, type ConnectionOptions } from '../store/connection'
import { signalsDatabase } from '../store/schema'
import { type KeptGroups, type KeptPlan, type Round, SIGNALS_MIGRATIONS, type SignalsSchema } from './signals-schema'
import type { Visit } from './visits'

/**
 * What waits to leave, what left, and what is known of plan and visits. Each change reads what it changes in the same transaction, and only a visit
 * makes the database: whoever goes on while everything is being forgotten finds nothing to change, and brings nothing back.
 *
 * Methods reject with a storage code of `SottoError`, or as IndexedDB does; the next visit tries again.
 */
export class SignalStore {
  readonly #connection: Connection<SignalsSchema>

  constructor(namespace: string, options: ConnectionOptions = {}) {
    this.#connection = new Connection(signalsDatabase(namespace), { ...options, migrations: SIGNALS_MIGRATIONS })
  }

  /** Notes a page visit, in one small read where there is nothing new. @param next gives what is to be kept: the same object for no change. */
  async visit(next: (kept: Visit | undefined) => Visit): Promise<Visit> {
    const kept = await this.readVisit()
    if (kept && next(kept) === kept) return kept
    const database = await this.#connection.open(true)
    const tx = database.transaction('notes', 'readwrite', { durability: 'relaxed' })
    const visit = next((await tx.store.get('visit')) as Visit | undefined) // as above; another tab may have been faster
    await Promise.all([tx.store.put(visit, 'visit'), tx.done])
    return visit
  }

  async readVisit(): Promise<Visit | undefined> {
    return (await (await this.#connection.open(false))?.get('notes', 'visit')) as Visit | undefined // what lies under that key
  }

  /** The visit, changed where there is one. */
  changeVisit(change: (visit: Visit) => Visit): Promise<Visit | undefined> {
    return this.#write('notes', 'visit', (kept) => kept && change(kept as Visit)) as Promise<Visit | undefined> // what lies under that key
  }

  async plan(): Promise<KeptPlan | undefined> {
    return (await (await this.#connection.open(false))?.get('notes', 'plan')) as KeptPlan | undefined // what lies under that key
  }

  /** Keeps a plan where there is anything else: otherwise all was forgotten meanwhile. */
  async keepPlan(plan: KeptPlan): Promise<void> {
    await this.#write('notes', 'plan', () => plan)
  }

  async groups(): Promise<KeptGroups> {
    return ((await (await this.#connection.open(false))?.get('notes', 'groups')) as KeptGroups | undefined) ?? {} // as above
  }

  /** The groups that are in force. @param change gets those drawn before. */
  changeGroups(change: (kept: KeptGroups) => KeptGroups): Promise<KeptGroups | undefined> {
    return this.#write('notes', 'groups', (kept) => change((kept as KeptGroups | undefined) ?? {})) as Promise<KeptGroups | undefined> // as above
  }

  /** By epoch, rising. */
  async rounds(): Promise<readonly Round[]> {
    return (await (await this.#connection.open(false))?.getAll('rounds')) ?? []
  }

  /**
   * Changes a round, on the disk itself before this resolves: what is sent next must be what is kept.
   * @param change gets what is kept, `undefined` where nothing is, and gives what is to be; `undefined` for no change.
   * @returns what is kept then.
   */
  changeRound(epoch: number, change: (kept: Round | undefined) => Round | undefined): Promise<Round | undefined> {
    return this.#write('rounds', epoch, (kept) => change(kept as Round | undefined)) as Promise<Round | undefined> // what that store holds
  }

  /** Deletes rounds up to an epoch. */
  async dropRounds(upTo: number): Promise<void> {
    await (await this.#connection.open(false))?.delete('rounds', IDBKeyRange.upperBound(upTo))
  }

  /** Deletes the whole database. The store can be used again and starts empty. */
  wipe(): Promise<void> {
    return this.#connection.delete()
  }

  /** Lets go of the connection. */
  close(): Promise<void> {
    return this.#connection.close()
  }

  async #write(name: 'notes' | 'rounds', key: string | number, change: (kept: unknown) => unknown): Promise<unknown> {
    // The visit is noted first, by `visit`: without one, everything was forgotten meanwhile.
    const database = (await this.#connection.open(false)) as IDBPDatabase | undefined // the keys of both stores at once
    if (!database) return undefined
    const tx = database.transaction(['notes', name], 'readwrite', { durability: 'strict' })
    const store = tx.objectStore(name)
    const [kept, visit] = await Promise.all([store.get(key), tx.objectStore('notes').getKey('visit')])
    const next = visit === undefined ? undefined : change(kept)
    if (next !== undefined && next !== kept) await store.put(next, key)
    await tx.done
    return next ?? kept
  }
}
