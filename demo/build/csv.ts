/**
 * Reads a table in RFC 4180 form: quoted fields may hold commas, line ends and doubled quotes.
 *
 * @param text the whole file; line ends may be LF or CRLF, the last one may be missing.
 * @returns one record a row, keyed by the names in the first row. No row at all gives an empty list.
 * @throws Error when a row has more or fewer fields than the first, naming its line.
 */
export function parseCsv(text: string): Record<string, string>[] {
  const [head, ...rows] = readRows(text)
  if (!head) return []
  return rows.map((fields, index) => {
    if (fields.length !== head.length) {
      throw new Error(`row ${index + 2} has ${fields.length} fields, expected ${head.length} as in the first row; check its quotes`)
    }
    return Object.fromEntries(head.map((name, column) => [name, fields[column] ?? '']))
  })
}

function readRows(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  let field = ''
  let quoted = false
  const endRow = () => {
    row.push(field)
    rows.push(row)
    row = []
    field = ''
  }
  for (let at = 0; at < text.length; at++) {
    const char = text[at]
    if (quoted) {
      if (char !== '"') field += char
      else if (text[at + 1] === '"') field += text[++at]
      else quoted = false
    } else if (char === '"') quoted = true
    else if (char === ',') {
      row.push(field)
      field = ''
    } else if (char === '\n') endRow()
    else if (char !== '\r') field += char
  }
  if (field !== '' || row.length > 0) endRow()
  return rows
}
