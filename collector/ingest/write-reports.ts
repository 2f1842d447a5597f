import { type Database, type Run, sqlState } from '../database/database'
import { takeLock } from '../database/locks'
import { noncesOf } from '../database/migrations'
import { textOf } from '../database/read-row'
import type { CheckedReport } from './check-report'
import { type Addition, fold } from './fold'

/** What became of a report. `epoch-closed`: it was open when the report was checked, and is no longer. */
export type WriteOutcome = 'accepted' | 'duplicate' | 'epoch-closed'

/** The nonces of an epoch are there for as long as it is open. */
const UNDEFINED_TABLE = '42P01'

/**
 * Counts reports about one epoch, in one transaction: remembers their nonces, sees which were there before, and adds up the others. Written again, whether
 * or not it was committed the first time, it counts nothing twice.
 *
 * Whoever closes an epoch locks its nonces first and then drops them: either all of these reports are in what is published, or none.
 * @returns one outcome a report, in their order. @throws what the database says; then nothing was counted, or its answer was lost.
 */
export async function writeReports(database: Database, epoch: number, reports: readonly CheckedReport[]): Promise<readonly WriteOutcome[]> {
  // Of the same report twice, the first.
  const firsts = new Map<string, CheckedReport>()
  for (const report of reports) if (!firsts.has(report.nonce)) firsts.set(report.nonce, report)
  try {
    const repeated = await database.transaction(async (run) => {
      const known = await remember(run, epoch, [...firsts.keys()])
      await add(run, fold([...firsts.values()].filter(({ nonce }) => !known.has(nonce))))
      return known
    })
    return reports.map((report) => (firsts.get(report.nonce) === report && !repeated.has(report.nonce) ? 'accepted' : 'duplicate'))
  } catch (thrown) {
    if (sqlState(thrown) !== UNDEFINED_TABLE) throw thrown
    return reports.map(() => 'epoch-closed')
  }
}

/** @returns those that were there before. */
async function remember(run: Run, epoch: number, nonces: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await run(
    `WITH given AS (SELECT unnest($1::uuid[]) AS nonce),
     fresh AS (INSERT INTO ${noncesOf(epoch)} SELECT nonce FROM given ON CONFLICT DO NOTHING RETURNING nonce)
     SELECT replace(nonce::text, '-', '') AS nonce FROM given WHERE nonce NOT IN (SELECT nonce FROM fresh)`,
    // Sorted: in which order they came stands nowhere, and two collectors never wait for each other.
    [[...nonces].sort()],
  )
  return new Set(rows.map((row) => textOf(row, 'nonce')))
}

/** Each row of totals is written once, whole, however many reports it is about. */
async function add(run: Run, sums: ReadonlyMap<number, Addition>): Promise<void> {
  if (sums.size === 0) return
  const additions = [...sums.values()]
  // Collectors come one after another: they would wait for each other's rows, and the order of those is not theirs to choose.
  await takeLock(run, 'totals')
  await run(
    `UPDATE sotto.totals SET
       reports = totals.reports + more.reports,
       counts = ARRAY(SELECT was + coalesce(plus, 0) FROM unnest(totals.counts, more.counts) WITH ORDINALITY AS both(was, plus, place) ORDER BY place)
     FROM (SELECT id, reports, counts::integer[] FROM unnest($1::integer[], $2::integer[], $3::text[]) AS given(id, reports, counts)) AS more
     WHERE totals.id = more.id`,
    [[...sums.keys()], additions.map(({ reports }) => reports), additions.map(({ counts }) => `{${counts.join(',')}}`)],
  )
}
