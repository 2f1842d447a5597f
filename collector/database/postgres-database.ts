import pg from 'pg'
import type { Database, Run } from './database'
import { rewriteTotals } from './rewrite-totals'

/** Batches are written one at a time; the others are for what publishes, answers and administers beside them. */
const CONNECTIONS = 4
const CONNECT_DEADLINE_MS = 5_000
/** Nothing here takes that long; a server that does is better asked again. */
const STATEMENT_DEADLINE_MS = 30_000
/** While one waits to write the totals into a new file, those who count wait too. */
const LOCK_DEADLINE_MS = 2_000

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
  const transaction: Database['transaction'] = async (work) => {
    const client = await pool.connect()
    let isSound = false
    try {
      const run: Run = async (sql, values) => (await client.query(sql, values && [...values])).rows
      // What is acknowledged is on the disk, whatever the server, the database or the role is set to.
      await client.query('BEGIN; SET LOCAL synchronous_commit = on')
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
  }
  return {
    kind: 'postgres',
    transaction,
    async tidy() {
      await transaction(rewriteTotals)
      const client = await pool.connect()
      try {
        await client.query(`SET lock_timeout = ${LOCK_DEADLINE_MS}`)
        // Into new files: what is merely free in an old one stays there, byte by byte, until something else takes its place.
        await client.query('VACUUM (FULL) sotto.totals, sotto.epochs')
      } finally {
        // Its lock_timeout goes with it.
        client.release(true)
      }
    },
    close: () => pool.end(),
  }
}
