import type { Item } from '../../src/shared/items'
import { invalid } from '../text/pack-invalid'
import { cleanItem } from './clean-item'

/** The fields of an item as one line of JSON, without id and categories: those stand in tables of their own. */
export function itemLine({ id: _id, categories: _categories, ...fields }: Item): string {
  return JSON.stringify(fields)
}

/**
 * The item of a line. Cleaned like any other: who made the pack need not have used our tools.
 * @throws SottoError `pack-invalid` where the line is not JSON or has no title.
 */
export function parseItemLine(line: string, id: string, categories: readonly string[]): Item {
  let fields: unknown
  try {
    fields = JSON.parse(line)
  } catch {
    throw invalid('holds a line that is not JSON', 'items')
  }
  const item = cleanItem({ ...(fields as object), id, categories }, () => {}) // spreading anything is safe; a fault of the pack is no entry's
  if (!item) throw invalid('holds an item without title', 'items')
  return item
}
