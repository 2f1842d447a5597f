import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import type { Database, Run } from './database'
import { flushFolder, flushLog } from './flush-folder'
import { lockFolder } from './folder-lock'

const SETTINGS = {
  // The operating system keeps more in memory than this process must.
  shared_buffers: '64MB',
  // A file of the log that is done with is removed, not kept for the next one with what stands in it.
  wal_recycle: 'off',
  min_wal_size: '32MB',
} as const

/** Of 16 MiB each. More, and opening the folder after a crash takes long; fewer, and whole pages are logged too often. */
const MOST_LOG_FILES = 6

/** What a folder asks for beside what PGlite does. */
type Keeper = {
  /** @returns how many files the log has. */
  afterCommit(): Promise<number>
  /** @param since when the checkpoint before this one began, milliseconds since 1970. */
  afterCheckpoint(since: number): Promise<void>
  afterClose(): Promise<void>
}

/** Nothing outlives the process. */
const IN_MEMORY: Keeper = { afterCommit: async () => 0, afterCheckpoint: async () => {}, afterClose: async () => {} }

/**
 * PostgreSQL in this process, its data in a folder: no set-up. One process a folder.
 *
 * @param folder made where it is missing; without one all is in memory and gone at the end.
 * @throws SottoError `storage-blocked` where another process uses the folder.
 */
export async function embeddedDatabase(folder?: string): Promise<Database> {
  if (folder === undefined) return overPglite(await openPglite(), IN_MEMORY)
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(folder)
  const data = join(folder, 'database')
  try {
    return overPglite(await openPglite(data), {
      afterCommit: () => flushLog(data),
      afterCheckpoint: (since) => flushFolder(data, since),
      afterClose: unlock,
    })
  } catch (thrown) {
    await unlock()
    throw thrown
  }
}

function openPglite(data?: string): Promise<PGlite> {
  const settings = Object.entries(SETTINGS).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  return PGlite.create({ ...(data !== undefined && { dataDir: data }), startParams: [...PGlite.defaultStartParams, ...settings] })
}

function overPglite(pglite: PGlite, keeper: Keeper): Database {
  let flushing: Promise<void> = Promise.resolve()
  let before = Number.NEGATIVE_INFINITY
  // It has no background processes: no checkpoint would ever cut the log, and no vacuum free a row or an old transaction's number.
  const checkpoint = async () => {
    // One after another; what the one before failed with is heard of here.
    await flushing
    const begun = Date.now()
    await pglite.query('CHECKPOINT')
    // Takes a second and more on a slow disk, and nobody need wait for it: only a power cut in that time would tell.
    flushing = keeper.afterCheckpoint(before)
    flushing.catch(() => {})
    before = begun
  }
  return {
    kind: 'embedded',
    async transaction(work) {
      const result = await pglite.transaction((transaction) => {
        const run: Run = async (sql, values) => (await transaction.query<Record<string, unknown>>(sql, values && [...values])).rows
        return work(run)
      })
      if ((await keeper.afterCommit()) > MOST_LOG_FILES) await checkpoint()
      return result
    },
    async tidy(what) {
      await pglite.query(what === 'all' ? 'VACUUM (FREEZE)' : 'VACUUM sotto.totals')
      // The file of the log that is written to stays, with all that stands in it: so another is begun first.
      await pglite.query('SELECT pg_switch_wal()::text')
      await checkpoint()
    },
    async close() {
      await flushing
      await pglite.close()
      await keeper.afterClose()
    },
  }
}
