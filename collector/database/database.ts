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
   * What an embedded database does not do by itself: lets go of earlier totals, in rows and in the write-ahead log; with `all`, of everything that is no
   * longer needed, wherever it stands. Nothing on a server, which has settings for it.
   */
  tidy(what: 'totals' | 'all'): Promise<void>
  close(): Promise<void>
}

/** The five characters by which PostgreSQL tells errors apart (its manual, appendix A); empty for any other error. */
export function sqlState(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : ''
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : ''
}
