import type { Sotto } from '../api'

/**
 * Which Sottos the shelves of one tag can use.
 *
 * One of the same namespace replaces the one before (after `close()`, or when a page starts Sotto again). A shelf that names no namespace
 * belongs to the namespace that came first, so that a second Sotto on the page does not take it over.
 */
export class ShelfDirectory {
  readonly #sottos = new Map<string, Sotto>()
  readonly #listeners = new Set<() => void>()

  add(sotto: Sotto): void {
    this.#sottos.set(sotto.namespace, sotto)
    for (const listener of [...this.#listeners]) listener()
  }

  /** @returns `undefined` while no Sotto of that namespace was added. */
  find(namespace: string | null): Sotto | undefined {
    return namespace ? this.#sottos.get(namespace) : this.#sottos.values().next().value
  }

  /** Calls `listener` after every `add`. @returns stops it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
}
