import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Database } from '../../../collector/database/database'
import { noncesOf } from '../../../collector/database/migrations'
import { openDatabase } from '../../../collector/database/open-database'
import { wholeOf, wholesOf } from '../../../collector/database/read-row'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { EPOCH, testCollector } from '../../support/test-collector'
import type { Audit } from '../finding'
import { arrayForm, countsOf, isIn } from './folder-search'

const CATEGORIES = Array.from({ length: 62 }, (_, at) => `c${at}`)
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  metrics: [{ name: 'interest', counts: 'interest', categories: CATEGORIES }],
}
const HOUR_MS = 3_600_000

/**
 * What is left of one report alone in a batch, which is what a collector writes in a quiet hour: the totals before and after it, as PostgreSQL lays them out,
 * in rows and log; and its nonce, which bears the same transaction's number. It is stated that they can be found until the hour's tidying, and not after it.
 */
export const auditQuietBatch: Audit = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-audit-'))
  const database = await openDatabase({ folder: join(folder, 'data') })
  try {
    const bench = await testCollector(database, { plan: PLAN })
    const many = () => Array.from({ length: 20 }, () => bench.make({ epoch: EPOCH, metric: 0 }))
    await bench.relay(many())
    const before = await totals(database)
    const alone = bench.make({ epoch: EPOCH, metric: 0 })
    await bench.post(alone)
    const after = await totals(database)
    const isItself = countsOf(alone.subarray(32), after.length).every((each, bucket) => each === after[bucket]! - before[bucket]!)
    const [first, second] = [arrayForm(before), arrayForm(after)]
    const found = () => isIn(folder, first) && isIn(folder, second)
    // As a server does every few minutes: until then, the log holds only what is different.
    await database.transaction((run) => run('CHECKPOINT'))
    const [isFound, joined] = [found(), await besideTotals(database)]
    await bench.relay(many())
    bench.clock.time += HOUR_MS
    await bench.collector.takeTurn()
    const [isFoundLater, joinedLater] = [found(), await besideTotals(database)]
    return [
      {
        audit: 'collector: a report alone in a quiet batch',
        stated: 'residue: found in rows and log until tidied, within the hour',
        measured: `${words(isFound)} as the difference of two totals, ${joined} nonce by its transaction; tidied: ${words(isFoundLater)}, ${joinedLater}`,
        // Where nothing is found at first, the search cannot see what it looks for.
        passes: isItself && isFound && joined === 1 && !isFoundLater && joinedLater === 0,
      },
    ]
  } finally {
    await database.close()
    rmSync(folder, { recursive: true })
  }
}

function words(isFound: boolean): string {
  return isFound ? 'found' : 'not found'
}

async function totals(database: Database): Promise<readonly number[]> {
  const rows = await database.transaction((run) => run('SELECT counts FROM sotto.totals WHERE epoch = $1', [EPOCH]))
  return wholesOf(rows[0], 'counts')
}

/** Nonces that the transaction wrote by which the totals are as they are. */
async function besideTotals(database: Database): Promise<number> {
  const rows = await database.transaction((run) =>
    run(
      `SELECT count(*)::integer AS beside FROM ${noncesOf(EPOCH)} AS nonces WHERE nonces.xmin IN (SELECT xmin FROM sotto.totals WHERE epoch = $1)`,
      [EPOCH],
    ),
  )
  return wholeOf(rows[0], 'beside')
}
