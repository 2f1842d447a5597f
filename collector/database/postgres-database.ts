import pg from 'pg'
import type { Database, Run } from './database'

/** Batches are written one at a time; the others are for what publishes, answers and administers beside them. */
const CONNECTIONS = 4
const CONNECT_DEADLINE_MS = 5_000
/** Nothing here takes that long; a server that does is better asked again. */
const STATEMENT_DEADLINE_MS = 30_000

/** PostgreSQL 15 or later on a server. Connects when first used. @param address as `postgres://user:password@host/database`. */
export function postgresDatabase(address: string): Database {
  const pool = new pg.Pool({
    connectionString: address,
    max: CONNECTIONS,
    connectionTimeoutMillis: CONNECT_DEADLINE_MS,
    statement_timeout: STATEMENT_DEADLINE_MS,
    query_timeout: STATEMENT_DEADLINE_MS,
    application_name: 'sotto-collector',
  })
  // An idle connection was lost: the pool makes another when one is needed, and says so to whoever needs it if it cannot.
  pool.on('error', () => {})
  return {
    kind: 'postgres',
    async transaction(work) {
      const client = await pool.connect()
      let isSound = false
      try {
        const run: Run = async (sql, values) => (await client.query(sql, values && [...values])).rows
        await run('BEGIN')
        try {
          const result = await work(run)
          await run('COMMIT')
          isSound = true
          return result
        } catch (thrown) {
          // Where even this fails the connection is gone, and with it the transaction; what counts is why.
          isSound = await run('ROLLBACK').then(
            () => true,
            () => false,
          )
          throw thrown
        }
      } finally {
        client.release(!isSound)
      }
    },
    async tidy() {},
    close: () => pool.end(),
  }
}
