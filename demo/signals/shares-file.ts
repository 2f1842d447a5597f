/** What `shares.json` holds: of the shop's own orders, what simulated visitors are made like. Written by the catalogue's build step. */
export type SharesFile = {
  readonly orders: number
  readonly customers: number
  /** Years of the first and the last order. */
  readonly years: readonly [first: number, last: number]
  /** In how many orders a sub-category was what most was spent on; most first. */
  readonly leading: readonly (readonly [subCategory: string, orders: number])[]
}
