import type { Product } from './product'

/** What `products.json` holds: see the build step that writes it. */
type ProductsFile = {
  readonly categories: readonly (readonly [category: string, subCategory: string])[]
  readonly brands: readonly string[]
  readonly rows: readonly (readonly [id: string, title: string, category: number, brand: number, cents: number])[]
  readonly trending: readonly number[]
  readonly newest: readonly number[]
}

export type SubCategory = { readonly name: string; readonly count: number }
export type Category = { readonly name: string; readonly count: number; readonly subCategories: readonly SubCategory[] }

/** All products of the shop, most ordered first. Nothing in it depends on the visitor. */
export class Catalogue {
  readonly products: readonly Product[]
  readonly categories: readonly Category[]
  /** Ordered more than usual at the end of the orders, most first. */
  readonly trending: readonly Product[]
  /** First ordered last, latest first. */
  readonly newest: readonly Product[]
  readonly #byId: ReadonlyMap<string, Product>

  constructor(file: ProductsFile) {
    const titles = new Map<string, number>()
    for (const [, title] of file.rows) titles.set(title, (titles.get(title) ?? 0) + 1)
    this.products = file.rows.map(([id, title, path, brand, cents]) => {
      const [category = '', subCategory = ''] = file.categories[path] ?? []
      return { id, title, category, subCategory, brand: file.brands[brand], hasNamesake: titles.get(title) !== 1, price: cents / 100 }
    })
    this.#byId = new Map(this.products.map((product) => [product.id, product]))
    this.trending = this.#at(file.trending)
    this.newest = this.#at(file.newest)
    this.categories = [...new Set(file.categories.map(([category]) => category))].map((name) => {
      const subCategories = file.categories
        .filter(([category]) => category === name)
        .map(([, sub]) => ({ name: sub, count: this.of(name, sub).length }))
      return { name, count: this.of(name).length, subCategories }
    })
  }

  find(id: string): Product | undefined {
    return this.#byId.get(id)
  }

  /** Products of a category, or of one sub-category of it, most ordered first. */
  of(category: string, subCategory?: string): readonly Product[] {
    return this.products.filter(
      (product) => product.category === category && (subCategory === undefined || product.subCategory === subCategory),
    )
  }

  #at(indices: readonly number[]): readonly Product[] {
    return indices.flatMap((index) => this.products[index] ?? [])
  }

  /**
   * Products whose name, maker or category holds every word of the query: what the shop can do without being told anything.
   *
   * @returns at most `limit`, most ordered first; none for an empty query.
   */
  matching(query: string, limit: number): readonly Product[] {
    const words = query.toLowerCase().split(/\s+/).filter(Boolean)
    if (words.length === 0) return []
    const holds = ({ title, brand, category, subCategory }: Product) => {
      const text = `${title} ${brand ?? ''} ${category} ${subCategory}`.toLowerCase()
      return words.every((word) => text.includes(word))
    }
    return this.products.filter(holds).slice(0, limit)
  }
}

/** Loads the shop's products. Rejects when the file is not there. */
export async function loadCatalogue(url: URL): Promise<Catalogue> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}; run the catalogue's build step`)
  return new Catalogue((await response.json()) as ProductsFile) // written by this project's own build step
}
