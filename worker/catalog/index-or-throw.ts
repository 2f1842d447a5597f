import { SottoError } from '../../src/shared/errors'
import type { Catalog } from './catalog'

/** The place of an item in the catalog. @throws SottoError `unknown-item`, naming who asked. */
export function indexOrThrow(catalog: Catalog, itemId: string, asker: string): number {
  const index = catalog.indexOf(itemId)
  if (index >= 0) return index
  // The id is left out of the message: it may be what the visitor is looking at.
  throw new SottoError('unknown-item', `${asker}: itemId names no item of the catalog (${catalog.count} loaded); check that ids match it`)
}
