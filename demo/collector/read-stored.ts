import type { Database } from '../../collector'
import type { StoredTable } from '../signals/stored-table'

/** Of one-time numbers there are as many as reports: a few show what they are. */
const SHOWN_ROWS = 4
/** Longer fields are cut: a plan, and what was published. */
const SHOWN_CHARACTERS = 160

/** Every table of the database that is not PostgreSQL's own, with its first rows. */
export function readStored(database: Database): Promise<readonly StoredTable[]> {
  return database.transaction(async (run) => {
    const found = await run(
      `SELECT table_schema || '.' || table_name AS name, format('%I.%I', table_schema, table_name) AS quoted,
              json_agg(column_name ORDER BY ordinal_position) AS columns,
              string_agg(format('%I::text', column_name), ', ' ORDER BY ordinal_position) AS fields
       FROM information_schema.columns WHERE table_schema NOT IN ('pg_catalog', 'information_schema')
       GROUP BY table_schema, table_name ORDER BY table_name`,
    )
    const tables: StoredTable[] = []
    for (const { name, quoted, columns, fields } of found as readonly TableRow[]) {
      const [{ count }] = (await run(`SELECT count(*)::integer AS count FROM ${quoted}`)) as [{ count: number }] // one row, always
      const rows = await run(`SELECT ${fields} FROM ${quoted} LIMIT ${SHOWN_ROWS}`)
      tables.push({ name, columns, rows: count, first: rows.map((row) => columns.map((column) => shortened(row[column]))) })
    }
    return tables
  })
}

/** What the query above names. */
type TableRow = { readonly name: string; readonly quoted: string; readonly columns: readonly string[]; readonly fields: string }

/** @param field text, or null. */
function shortened(field: unknown): string {
  // Room to break a line at.
  const text = String(field ?? '').replaceAll(',', ', ')
  return text.length <= SHOWN_CHARACTERS ? text : `${text.slice(0, SHOWN_CHARACTERS)}… (${text.length} characters)`
}
