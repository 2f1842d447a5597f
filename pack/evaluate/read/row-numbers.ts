/** Gives rows to ids in the order in which they come. */
export class RowNumbers {
  readonly ids: string[] = []
  readonly #rows = new Map<string, number>()

  /** The row of an id; a new one for a new id. */
  of(id: string): number {
    let row = this.#rows.get(id)
    if (row === undefined) {
      row = this.ids.length
      this.#rows.set(id, row)
      this.ids.push(id)
    }
    return row
  }
}
