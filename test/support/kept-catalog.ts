import type { Page } from 'playwright'

/**
 * What the page's origin keeps of its catalog on the disk, read by the page itself: how many items, and which files of what was learned. Makes no database.
 * A page that is left before that is there has kept nothing.
 */
export function keptCatalog(page: Page): Promise<{ readonly items: number; readonly files: readonly string[] }> {
  return page.evaluate(async () => {
    const none = { items: 0, files: [] as string[] }
    const name = 'sotto:default:catalog'
    if (!(await indexedDB.databases()).some((database) => database.name === name)) return none
    const database = await new Promise<IDBDatabase | undefined>((resolve) => {
      const opening = indexedDB.open(name)
      // Wiped since it was listed: opening it would bring it back, empty.
      opening.onupgradeneeded = () => opening.transaction!.abort()
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => resolve(undefined)
    })
    if (!database) return none
    const read = <T>(reading: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        reading.onsuccess = () => resolve(reading.result)
        reading.onerror = () => reject(reading.error)
      })
    try {
      const transaction = database.transaction(['head', 'numbers'])
      const [head, keys] = await Promise.all([
        read<{ readonly count: number } | undefined>(transaction.objectStore('head').get('current')),
        read(transaction.objectStore('numbers').getAllKeys()),
      ])
      const files = keys.map(String).filter((key) => key.startsWith('part:'))
      return { items: head?.count ?? 0, files: files.map((key) => key.slice('part:'.length)) }
    } finally {
      database.close()
    }
  })
}
