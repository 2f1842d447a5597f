/** A product as the shop's own pages know it. */
export type Product = {
  readonly id: string
  readonly title: string
  readonly category: string
  readonly subCategory: string
  readonly brand: string | undefined
  /** USD. */
  readonly price: number
}
