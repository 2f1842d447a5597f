/** Rows as they came; `read-row.ts` makes values of them. */
export type Rows = readonly Readonly<Record<string, unknown>>[]

/** Runs one statement of an open transaction. @param values in the places of `$1`, `$2` …, never part of its text. */
export type Run = (sql: string, values?: readonly unknown[]) => Promise<Rows>

/** PostgreSQL, in this process or elsewhere: the same SQL, two small implementations. */
export interface Database {
  readonly kind: 'embedded' | 'postgres'
  /**
   * Runs `work` in one transaction and commits it, or rolls back and rejects with what it threw. A rejection may also mean that the commit was done but its
   * answer was lost: what is written must bear being written again.
   */
  transaction<Result>(work: (run: Run) => Promise<Result>): Promise<Result>
  /**
   * Lets go of earlier totals, and of what tells which of them came with which nonces (see `rewriteTotals`); with `all`, of everything that is no longer
   * needed, wherever it stands. An embedded database does so in its write-ahead log and in the bytes of its files too; a server, which has settings for
   * those, in its rows. @throws what the database says; then it may be done in part, and done again.
   */
  tidy(what: 'totals' | 'all'): Promise<void>
  close(): Promise<void>
}

/** The five characters by which PostgreSQL tells errors apart (its manual, appendix A); empty for any other error. */
export function sqlState(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : ''
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}
