/** What a piece of a table's text may be: a row, the beginning of one whose last cell goes on in the next line, or none. */
export type Cells = readonly string[] | 'open' | 'broken'

/**
 * Cuts one row of a table into its cells: those in double quotes may hold delimiters, line ends and doubled quotes; elsewhere a quote is
 * a sign like any other.
 * @param delimiter one character.
 * @returns `broken` where a quoted cell does not end at a delimiter; where cells are separated by tabs, the quotes are then taken as they stand,
 * since many programs write such files without quoting.
 * Source: RFC 4180, section 2.
 */
export function splitCells(text: string, delimiter: string): Cells {
  if (!text.includes('"')) return text.split(delimiter)
  const cells: string[] = []
  for (let at = 0; ; at++) {
    if (text[at] === '"') {
      const quoted = quotedCell(text, at + 1)
      if (!quoted) return 'open'
      if (quoted.end < text.length && text[quoted.end] !== delimiter) return delimiter === '\t' ? text.split(delimiter) : 'broken'
      cells.push(quoted.cell)
      at = quoted.end
    } else {
      const next = text.indexOf(delimiter, at)
      const end = next < 0 ? text.length : next
      cells.push(text.slice(at, end))
      at = end
    }
    if (at >= text.length) return cells
  }
}

/** @param start just after the opening quote. @returns the cell, and where the text goes on after the closing quote; nothing where there is none. */
function quotedCell(text: string, start: number): { readonly cell: string; readonly end: number } | undefined {
  let cell = ''
  for (let at = start; ; ) {
    const quote = text.indexOf('"', at)
    if (quote < 0) return undefined
    cell += text.slice(at, quote)
    if (text[quote + 1] !== '"') return { cell, end: quote + 1 }
    cell += '"'
    at = quote + 2
  }
}
