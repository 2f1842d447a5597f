/** What went wrong behind the pages, for the panel to show: the shop itself goes on without. */
export class Faults extends EventTarget {
  readonly #counts = new Map<string, number>()

  /** Counts a failure by its message; those of Sotto never hold what the visitor did. Bound, to be handed to `catch`. */
  readonly add = (thrown: unknown): void => {
    const message = thrown instanceof Error ? thrown.message : String(thrown)
    this.#counts.set(message, (this.#counts.get(message) ?? 0) + 1)
    this.dispatchEvent(new Event('change'))
  }

  get all(): readonly { readonly message: string; readonly count: number }[] {
    return [...this.#counts].map(([message, count]) => ({ message, count }))
  }
}
