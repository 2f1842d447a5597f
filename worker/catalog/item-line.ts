import type { Item } from '../../src/shared/items'
import { invalid } from '../text/pack-invalid'

/** The fields of an item as one line of JSON, without id and categories: those stand in tables of their own. */
export function itemLine({ id: _id, categories: _categories, ...fields }: Item): string {
  return JSON.stringify(fields)
}

/**
 * The item of a line, as it was written: one that others wrote must be cleaned.
 * @throws SottoError `pack-invalid` where the line is not JSON.
 */
export function parseItemLine(line: string, id: string, categories: readonly string[]): Item {
  try {
    return { ...JSON.parse(line), id, categories }
  } catch {
    throw invalid('holds a line that is not JSON', 'items')
  }
}
