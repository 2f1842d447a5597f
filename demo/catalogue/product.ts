/** A product as the shop's own pages know it. */
export type Product = {
  readonly id: string
  readonly title: string
  readonly category: string
  readonly subCategory: string
  readonly brand: string | undefined
  /** Whether another product bears the same title: then only the article number tells them apart. */
  readonly hasNamesake: boolean
  /** USD. */
  readonly price: number
}
