/** Beyond this, events under way are not journalled: the origin's session storage belongs to the site. Characters, over all pages of the tab. */
const MAX_JOURNAL_LENGTH = 200_000

/**
 * Batches that the worker has not yet acknowledged, kept in `sessionStorage` so that they survive a navigation that ends the worker.
 * The next page of this tab replays them; the history knows each event by its id, so none is counted twice. Used with consent `granted` only.
 */
export class Journal {
  /** How often the browser refused to keep a batch (storage disabled or full). */
  failures = 0
  #next = 0
  readonly #prefix: string
  readonly #storage: () => Storage

  /** @param storage may throw: some browsers refuse even to name it. */
  constructor(namespace: string, storage: () => Storage) {
    this.#prefix = `sotto:${namespace}:`
    this.#storage = storage
  }

  /** @param batch JSON of the events. @returns key to remove it by; `undefined` where it was not kept. */
  add(batch: string, firstId: string): string | undefined {
    const length = this.keys().reduce((sum, key) => sum + this.read(key).length, batch.length)
    if (length > MAX_JOURNAL_LENGTH) return this.#fail()
    const key = `${this.#prefix}${firstId}:${this.#next++}`
    try {
      this.#storage().setItem(key, batch)
    } catch {
      return this.#fail()
    }
    return key
  }

  /** Forgets an acknowledged batch. */
  remove(key: string): void {
    this.#storage().removeItem(key)
  }

  /** Keys of everything that is waiting, that of earlier pages of this tab included. */
  keys(): string[] {
    try {
      return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix))
    } catch {
      this.failures++
      return []
    }
  }

  read(key: string): string {
    return this.#storage().getItem(key) ?? '[]'
  }

  clear(): void {
    for (const key of this.keys()) this.remove(key)
  }

  #fail(): undefined {
    this.failures++
  }
}
