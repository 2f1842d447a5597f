import { SottoError } from '../../src/shared/errors'
import { type Database, sqlState } from './database'
import { takeLock } from './locks'
import { MIGRATIONS } from './migrations'
import { wholeOf } from './read-row'

const UNIQUE_VIOLATION = '23505'

/**
 * Brings the schema up to date, in one transaction; several collectors may start at once.
 * @returns how many steps there were to do. @throws SottoError `storage-newer`: a newer collector was here; nothing is changed.
 */
export async function migrate(database: Database, migrations: readonly string[] = MIGRATIONS): Promise<number> {
  try {
    return await migrateOnce(database, migrations)
  } catch (thrown) {
    // A connection that waited for the lock may still believe that there is no schema, until its next transaction.
    if (sqlState(thrown) !== UNIQUE_VIOLATION) throw thrown
    return migrateOnce(database, migrations)
  }
}

function migrateOnce(database: Database, migrations: readonly string[]): Promise<number> {
  return database.transaction(async (run) => {
    await takeLock(run, 'migrate')
    await run('CREATE SCHEMA IF NOT EXISTS sotto')
    await run('CREATE TABLE IF NOT EXISTS sotto.migrations (step integer PRIMARY KEY)')
    const done = wholeOf((await run('SELECT count(*)::integer AS done FROM sotto.migrations'))[0], 'done')
    if (done > migrations.length) {
      throw new SottoError(
        'storage-newer',
        `the database is of version ${done}, this collector knows ${migrations.length}; use a newer one`,
      )
    }
    for (let step = done; step < migrations.length; step++) {
      for (const statement of migrations[step]!.split(';').filter((text) => text.trim() !== '')) await run(statement)
      await run('INSERT INTO sotto.migrations VALUES ($1)', [step + 1])
    }
    return migrations.length - done
  })
}
