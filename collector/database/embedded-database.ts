import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { SottoError } from '../../src/shared/errors'
import type { Database, Run } from './database'
import { flushFolder, flushLog } from './flush-folder'
import { openReason } from './open-reason'
import { rewriteTotals } from './rewrite-totals'
import { takeFolder } from './take-folder'

const SETTINGS = {
  // The operating system keeps more in memory than this process must.
  shared_buffers: '64MB',
  // A file of the log that is done with is removed, not kept for the next one with what stands in it.
  wal_recycle: 'off',
  min_wal_size: '32MB',
} as const

/** Of 16 MiB each. More, and opening the folder after a crash takes long; fewer, and whole pages are logged too often. */
const MOST_LOG_FILES = 6

/** Statements that change nothing; all others are taken to. */
const READS = /^SELECT\b/

/** What a folder asks of the operating system, see `flushLog` and `flushFolder`. */
export type Disk = { readonly flushLog: typeof flushLog; readonly flushFolder: typeof flushFolder }

export type FolderOptions = {
  /** Hears, once, that the disk failed to keep what it was given; nothing is read or written from then on. */
  readonly onBroken: (error: SottoError) => void
  /** Passed in so that tests can have it fail. */
  readonly disk?: Disk
}

/** What a folder asks for beside what PGlite does. */
type Keeper = {
  /** @returns how many files the log has. */
  afterWrite(): Promise<number>
  /** @param since when the checkpoint before this one began, milliseconds since 1970. */
  afterCheckpoint(since: number): Promise<void>
  afterClose(): Promise<void>
  onBroken(error: SottoError): void
}

/** Nothing outlives the process. */
const IN_MEMORY: Keeper = { afterWrite: async () => 0, afterCheckpoint: async () => {}, afterClose: async () => {}, onBroken: () => {} }

/** PostgreSQL in this process, all of it in memory and gone at the end. */
export async function databaseInMemory(): Promise<Database> {
  return overPglite(await openPglite(), IN_MEMORY)
}

/**
 * PostgreSQL in this process, its data in a folder: no set-up. One process a folder.
 *
 * @param folder made where it is missing. @throws SottoError `storage-blocked` where another process uses the folder, `storage-refused` where it cannot be
 * made, written to or read.
 */
export async function databaseInFolder(folder: string, options: FolderOptions): Promise<Database> {
  const { onBroken, disk = { flushLog, flushFolder } } = options
  const unlock = await takeFolder(folder)
  const data = dataIn(folder)
  try {
    return overPglite(await openFiles(data), {
      afterWrite: () => disk.flushLog(data),
      afterCheckpoint: (since) => disk.flushFolder(data, since),
      afterClose: unlock,
      onBroken,
    })
  } catch (thrown) {
    await unlock()
    throw thrown
  }
}

/** Whether a database was ever made in a folder. */
export function holdsDatabase(folder: string): boolean {
  return existsSync(dataIn(folder))
}

function dataIn(folder: string): string {
  return join(folder, 'database')
}

async function openFiles(data: string): Promise<PGlite> {
  const said: string[] = []
  let isOpen = false
  try {
    const pglite = await openPglite(data, (line) => {
      if (!isOpen) said.push(line)
    })
    isOpen = true
    return pglite
  } catch (cause) {
    // Its totals may well be intact: whoever puts a copy back loses what is newer.
    const first = 'see that the disk has room, the machine has memory and this user may write there, then start again'
    const last = 'only where all of that is so is it damaged: then keep it aside and put a copy of it back, or use another folder'
    const message = `the database in ${resolve(data)} cannot be opened: ${openReason(cause, said)}; ${first}; ${last}`
    throw new SottoError('storage-refused', message, {}, { cause })
  }
}

/** @param hear what PostgreSQL writes to its log, line by line. */
function openPglite(data?: string, hear: (line: string) => void = () => {}): Promise<PGlite> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const onStderr = (line: string) => {
    hear(line)
    return false
  }
  return PGlite.create({ ...(data !== undefined && { dataDir: data }), startParams: [...PGlite.defaultStartParams, ...settings], onStderr })
}

function overPglite(pglite: PGlite, keeper: Keeper): Database {
  let flushing: Promise<unknown> = Promise.resolve()
  let before = Number.NEGATIVE_INFINITY
  let broken: SottoError | undefined
  const refuseIfBroken = () => {
    if (broken) throw broken
  }
  /** What could not be put onto the disk may be gone from memory too: asking again could succeed and mean nothing. The log tells all after a restart. */
  const trusted = async <Result>(flushed: Promise<Result>): Promise<Result> => {
    try {
      return await flushed
    } catch (cause) {
      const isFirst = !broken
      const message = 'the disk failed to keep what was written to the folder; see to the disk, then start again'
      broken ??= new SottoError('storage-lost', message, {}, { cause })
      if (isFirst) keeper.onBroken(broken)
      throw broken
    }
  }
  // It has no background processes: no checkpoint would ever cut the log, and no vacuum free a row or an old transaction's number.
  const checkpoint = async () => {
    // One after another.
    await flushing
    refuseIfBroken()
    const begun = Date.now()
    await pglite.query('CHECKPOINT')
    // Takes a second and more on a slow disk, and nobody need wait for it: only a power cut in that time would tell.
    flushing = trusted(keeper.afterCheckpoint(before)).catch(() => {})
    before = begun
  }
  const transaction: Database['transaction'] = async (work) => {
    refuseIfBroken()
    let isWritten = false
    const result = await pglite.transaction((open) => {
      const run: Run = async (sql, values) => {
        isWritten ||= !READS.test(sql)
        return (await open.query<Record<string, unknown>>(sql, values && [...values])).rows
      }
      return work(run)
    })
    if (isWritten && (await trusted(keeper.afterWrite())) > MOST_LOG_FILES) await checkpoint()
    return result
  }
  return {
    kind: 'embedded',
    transaction,
    async tidy(what) {
      await transaction(rewriteTotals)
      if (what === 'all') await pglite.query('VACUUM (FREEZE)')
      // Into new files: what is merely free in an old one stays there, byte by byte, until something else takes its place.
      await pglite.query(what === 'all' ? 'VACUUM (FULL) sotto.totals, sotto.epochs' : 'VACUUM (FULL) sotto.totals')
      // The file of the log that is written to stays, with all that stands in it: so another is begun first.
      await pglite.query('SELECT pg_switch_wal()::text')
      await checkpoint()
    },
    async close() {
      try {
        await flushing
        // Closing in order would say that all is on the disk.
        if (!broken) await pglite.close()
      } finally {
        await keeper.afterClose()
      }
    },
  }
}
