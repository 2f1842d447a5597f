import { SottoError } from '../../src/shared/errors'
import { historyDatabase } from './schema'

/**
 * Names of the databases of a namespace that exist now, asked of the browser, sorted. None where there is no IndexedDB at all.
 * @param own the first of them; the others begin with it and a colon.
 * @throws SottoError `storage-refused` where the browser has databases and cannot list them (before Firefox 126): no proof is possible.
 */
export async function listDatabases(namespace: string, own = historyDatabase(namespace)): Promise<readonly string[]> {
  if (!hasIndexedDb()) return []
  if (!indexedDB.databases) {
    throw new SottoError('storage-refused', 'this browser cannot list its databases; clear the site data in its settings to be sure')
  }
  const names = (await indexedDB.databases()).map(({ name }) => name ?? '')
  return names.filter((name) => name === own || name.startsWith(`${own}:`)).sort()
}

/** Some browsers refuse even to name it to an origin that may not have databases. */
function hasIndexedDb(): boolean {
  try {
    return Boolean(globalThis.indexedDB)
  } catch {
    return false
  }
}
