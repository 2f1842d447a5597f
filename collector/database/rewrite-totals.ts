import type { Run } from './database'
import { takeLock } from './locks'

/**
 * Writes every row of totals anew, as it is, all in one transaction. PostgreSQL keeps with each row the number of the transaction that wrote it, also where
 * the row is frozen or moved: until this, totals that a report was added to alone bear the same number as that report's nonce.
 *
 * The versions before are there until a vacuum.
 */
export async function rewriteTotals(run: Run): Promise<void> {
  // Whoever closes an epoch takes rows in another order: one would wait for the other.
  await takeLock(run, 'epochs')
  await takeLock(run, 'totals')
  await run('UPDATE sotto.totals SET reports = reports')
}
