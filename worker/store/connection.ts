import type { IDBPDatabase } from 'idb'
import { deleteDatabase, type OpenOptions, openDatabase } from './open'

export type ConnectionOptions = Pick<OpenOptions, 'waits' | 'migrations'>

/**
 * One connection to one database, opened when first needed and shared by all who ask. It keeps the *promise* of the database, so that
 * two callers cannot open two; a failed opening, a missing database and a lost connection are forgotten, and the next call opens anew.
 */
export class Connection<Schema> {
  readonly name: string
  readonly #options: ConnectionOptions
  #opening: Promise<IDBPDatabase<Schema> | undefined> | undefined

  constructor(name: string, options: ConnectionOptions = {}) {
    this.name = name
    this.#options = options
  }

  /**
   * @param create whether a database that does not exist is made; otherwise `undefined` comes back.
   * @throws SottoError as `openDatabase`.
   */
  open(create: true): Promise<IDBPDatabase<Schema>>
  open(create: boolean): Promise<IDBPDatabase<Schema> | undefined>
  async open(create: boolean): Promise<IDBPDatabase<Schema> | undefined> {
    this.#opening ??= this.#start(create)
    const database = await this.#opening
    // Joined an opening that makes none.
    return database ?? (create ? this.open(true) : undefined)
  }

  /** Closes the connection, once running transactions are done; the next `open` opens a new one. */
  async close(): Promise<void> {
    const opening = this.#opening
    this.#opening = undefined
    // What could not be opened needs no closing; whoever asked for it was told why.
    const database = await opening?.catch(() => undefined)
    database?.close()
  }

  /** Closes the connection and deletes the database. @throws SottoError as `deleteDatabase`. */
  async delete(): Promise<void> {
    await this.close()
    await deleteDatabase(this.name, this.#options.waits)
  }

  #start(create: boolean): Promise<IDBPDatabase<Schema> | undefined> {
    const forget = () => {
      if (this.#opening === opening) this.#opening = undefined
    }
    const opening: Promise<IDBPDatabase<Schema> | undefined> = openDatabase<Schema>(this.name, {
      ...this.#options,
      create,
      onGone: forget,
    }).then(
      (database) => {
        if (!database) forget()
        return database
      },
      (thrown) => {
        forget()
        throw thrown
      },
    )
    return opening
  }
}
