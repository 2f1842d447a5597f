import type { PageSotto } from './sotto'

/** A symbol of the realm, not of this module: the script tag and the package may both be on one page. */
const KEY = Symbol.for('sotto.instances')

/** What runs on this page, by namespace: two histories of one namespace in one page would be two workers doing the same work. */
export function runningInstances(): Map<string, PageSotto> {
  const realm = globalThis as { [KEY]?: Map<string, PageSotto> } // the global object takes symbols, which its type does not say
  realm[KEY] ??= new Map()
  return realm[KEY]
}
