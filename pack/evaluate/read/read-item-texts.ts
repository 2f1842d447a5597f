import type { ItemText } from '../../learn/learner'
import type { Drops } from './drops'
import { readLines } from './read-lines'
import type { RowNumbers } from './row-numbers'

const NO_TEXT: ItemText = { title: '', attributes: [] }

/**
 * Reads one JSON object a line: `id`, `title`, `attrs` (or `attributes`), `brand`, `description`; `keywords` stand in for a missing title.
 * @param rows gives each id its row; items that come only here get rows of their own.
 * @param drops counts lines that are no JSON object or have no id.
 * @returns a function that tells [itemCount] texts once all rows are known; items without a line have an empty one.
 * @throws SottoError `invalid-argument` for a file that cannot be read.
 */
export async function readItemTexts(path: string, rows: RowNumbers, drops: Drops): Promise<() => ItemText[]> {
  const byRow: ItemText[] = []
  for await (const line of readLines(path)) {
    const item = parsed(line)
    const id = item && text(item.id)
    if (!item || !id) drops.add('item line is no JSON object with an id')
    else byRow[rows.of(id)] = asItemText(item)
  }
  return () => Array.from(rows.ids, (_, row) => byRow[row] ?? NO_TEXT)
}

function parsed(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    // An object's fields may be anything: each is looked at before it is used.
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined // counted by the caller
  }
}

function asItemText(item: Readonly<Record<string, unknown>>): ItemText {
  const values = [item.attrs, item.attributes].flat().map(text)
  const attributes = [...values, text(item.brand)].filter((value) => value !== '')
  const description = text(item.description)
  return { title: text(item.title) || text(item.keywords), attributes, ...(description && { description }) }
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
