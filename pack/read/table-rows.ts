import { splitCells } from './split-cells'

/** Longer cells are a quote that was never closed. Lines. */
const MAX_ROW_LINES = 200
const DELIMITERS = ['\t', ';', ',', '|']

/** A row by the names of its columns; `undefined` where the row is broken. */
export type TableRow = Readonly<Record<string, string>> | undefined

/** Reads a table with a header, as its lines come. */
export interface TableReader {
  /** Names of the columns as `columnName` makes them, empty before the header was seen. */
  readonly columns: readonly string[]
  /** The same as the table spells them. */
  readonly header: readonly string[]
  /** Takes lines, gives the rows that are complete. */
  add(lines: readonly string[]): readonly TableRow[]
  /** The rows that are left, once all lines were added. */
  end(): readonly TableRow[]
}

/**
 * Reads comma, semicolon, tab or bar separated values; which it is, the header tells. Made for broken files: a quote that is never closed
 * costs its own line, where usual parsers (csv-parse among them) take all that follows for one cell. Empty lines are passed over.
 */
export function createTableReader(): TableReader {
  let delimiter = ''
  let columns: readonly string[] = []
  let header: readonly string[] = []
  /** Lines of a row whose last cell is not closed yet. */
  let open: string[] = []

  function rowOf(cells: readonly string[]): TableRow {
    const isTooLong = cells.slice(columns.length).some((cell) => cell.trim() !== '')
    if (isTooLong || cells.length < columns.length) return undefined
    const row: Record<string, string> = {}
    for (const [at, name] of columns.entries()) row[name] ??= cells[at]!.trim()
    return row
  }

  function add(lines: readonly string[]): readonly TableRow[] {
    const rows: TableRow[] = []
    const queue = [...lines].reverse()
    for (let line = queue.pop(); line !== undefined; line = queue.pop()) {
      if (open.length === 0 && line.trim() === '') continue
      if (delimiter === '') {
        delimiter = delimiterOf(line)
        const cells = splitCells(line, delimiter)
        header = (typeof cells === 'string' ? line.split(delimiter) : cells).map((cell) => cell.trim())
        columns = header.map(columnName)
        continue
      }
      open.push(line)
      // Only a line with a quote can close a cell.
      const cells = open.length > 1 && !line.includes('"') ? 'open' : splitCells(open.join('\n'), delimiter)
      if (cells === 'open' && open.length < MAX_ROW_LINES) continue
      if (typeof cells === 'string') {
        rows.push(undefined)
        queue.push(...open.slice(1).reverse())
      } else rows.push(rowOf(cells))
      open = []
    }
    return rows
  }

  return {
    get columns() {
      return columns
    },
    get header() {
      return header
    },
    add,
    end() {
      const rows: TableRow[] = []
      while (open.length > 0) {
        const [, ...others] = open
        rows.push(undefined)
        open = []
        rows.push(...add(others))
      }
      return rows
    },
  }
}

/** A column's name in one spelling: `Item ID`, `g:item_id` and `item-id` are `item_id`. */
export function columnName(text: string): string {
  return text
    .trim()
    .replace(/^g:/i, '')
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
}

/** The one that cuts the header into most cells. */
function delimiterOf(header: string): string {
  const count = (delimiter: string) => header.split(delimiter).length
  return DELIMITERS.reduce((best, delimiter) => (count(delimiter) > count(best) ? delimiter : best))
}
