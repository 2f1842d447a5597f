/** Figures side by side. */
export type Table = {
  readonly title: string
  readonly columns: readonly string[]
  /** As many cells each as there are columns. */
  readonly rows: readonly (readonly string[])[]
}

/** Columns lined up, the first to the left and the others to the right. */
export function asText({ title, columns, rows }: Table): string {
  const widths = columns.map((column, at) => Math.max(column.length, ...rows.map((row) => row[at]!.length)))
  const line = (cells: readonly string[]) =>
    `  ${cells.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join('  ')}`
  return ['', `  ${title}`, line(columns), ...rows.map(line), ''].join('\n')
}

/** The same as GitHub shows it. */
export function asMarkdown({ title, columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [`${title}:`, '', line(columns), `|${columns.map((_, at) => (at === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(line)].join(
    '\n',
  )
}
