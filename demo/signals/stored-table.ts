/** A table of the collector's database, as whoever broke in would find it. */
export type StoredTable = {
  readonly name: string
  readonly columns: readonly string[]
  /** How many there are; `first` are the first few. */
  readonly rows: number
  /** Every field as text; bytes in hex after `\x`. */
  readonly first: readonly (readonly string[])[]
}
