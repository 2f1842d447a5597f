/** One model that the shop's pack brings. */
export type PackedModel = {
  readonly name: string
  readonly file: string
  readonly bytes: number
  /** The same, as a server that compresses sends it. */
  readonly gzip: number
  /** Whether it was learned from kinds of products in place of single ones. */
  readonly isByKind: boolean
}

/** What `models.json` holds: see the build step that writes it. */
export type ModelsFile = {
  /** What is learned from orders rests on at least so many customers. */
  readonly support: number
  readonly customers: number
  readonly orders: number
  /** First and last year of the orders. */
  readonly years: readonly [first: number, last: number]
  /** Names of the models that the blend ranks by. */
  readonly blended: readonly string[]
  /** In the order of the pack. */
  readonly models: readonly PackedModel[]
}
