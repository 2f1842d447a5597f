import type { Run } from './database'

/**
 * What only one transaction at a time may do, among all collectors before a database. Numbers of PostgreSQL's advisory locks, chosen to hardly be anybody
 * else's; a lock ends with its transaction.
 */
const LOCKS = { migrate: 7_208_811, totals: 7_208_812, epochs: 7_208_813 } as const

/** Waits for its turn. */
export async function takeLock(run: Run, name: keyof typeof LOCKS): Promise<void> {
  await run('SELECT pg_advisory_xact_lock($1)::text', [LOCKS[name]])
}
