/**
 * Makes every write to the databases of a namespace a moment at which its tab can die: before the write, of which then nothing is there, or right after it, by
 * whatever comes next. (That a browser ends a worker just so is tested elsewhere: here it happens thousands of times.)
 * @param step throws where the tab is dead. @returns puts things back.
 */
export function dieAtWrites(namespace: string, step: (write: string) => void): () => void {
  const { put } = IDBObjectStore.prototype
  const dying: typeof put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey) {
    if (this.transaction.db.name.split(':').includes(namespace)) step(this.name)
    return put.call(this, value, key)
  }
  IDBObjectStore.prototype.put = dying
  return () => {
    IDBObjectStore.prototype.put = put
  }
}
