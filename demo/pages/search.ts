import type { RecommendedItem } from 'sotto'
import type { Product } from '../catalogue/product'
import { debounce } from '../dom/debounce'
import { h } from '../dom/element'
import { ProductGrid } from '../parts/product-grid'
import type { Page, Shop } from '../shop/shop'

const LIMIT = 48
/** Typed and left so long: the visitor means it, so it is remembered. Enter says so at once. */
const SETTLED_MS = 1_500

/** Searches by meaning, in the worker; where that may not or cannot run, by the words themselves, on the page. */
export function searchPage(shop: Shop, first: string): Page {
  const grid = new ProductGrid()
  const heading = h('h1', { tabindex: -1 }, 'Search')
  const note = h('p', { class: 'listing__note', role: 'status' })
  const element = h(
    'div',
    { class: 'stack' },
    h('header', { class: 'listing__head listing__head--wide' }, heading, note),
    h('h2', { class: 'visually-hidden' }, 'Products found'),
    grid.element,
  )
  let asked = ''
  let remembered = ''
  const remember = (query: string) => {
    if (query === '' || query === remembered) return
    remembered = query
    shop.visitor.searches(query)
  }
  const rememberSettled = debounce((query: string) => {
    if (query === asked && element.isConnected) remember(query)
  }, SETTLED_MS)
  const run = async (query: string) => {
    asked = query
    heading.textContent = query === '' ? 'Search' : `“${query}”`
    const found = query === '' ? nothingAsked() : await find(shop, query)
    if (query !== asked) return // the visitor has typed on
    grid.show(found.products)
    note.replaceChildren(found.note)
  }
  const search = (query: string, isFinal: boolean) => {
    void run(query).catch(shop.faults.add)
    if (isFinal) remember(query)
    else rememberSettled(query)
  }
  return { title: 'Search', element, search, arrive: () => search(first, false) }
}

const NOTHING_CLOSE = 'Nothing in the shop is close to that. Try another word; the query went nowhere.'

type Found = { readonly products: readonly Product[]; readonly note: string }

function nothingAsked(): Found {
  return { products: [], note: 'Type what you need, in your own words: “headphones” finds headsets, “couch” finds chairs.' }
}

async function find({ sotto, catalogue, faults }: Shop, query: string): Promise<Found> {
  if (sotto.consent === 'granted' || sotto.consent === 'session') {
    try {
      const { items, ms } = await sotto.recommend({ slot: 'search', strategy: 'search', query, limit: LIMIT })
      const products = items.flatMap(({ id }: RecommendedItem) => catalogue.find(id) ?? [])
      if (products.length === 0) return { products, note: NOTHING_CLOSE }
      return { products, note: `${products.length} found by meaning, on this device, in ${formatMs(ms)}. The query went nowhere.` }
    } catch (thrown) {
      faults.add(thrown)
    }
  }
  const products = catalogue.matching(query, LIMIT)
  const count = products.length === 0 ? 'Nothing' : `${products.length}${products.length === LIMIT ? ' or more' : ''}`
  return { products, note: `${count} found by the words alone, on this device. The query went nowhere.` }
}

function formatMs(ms: number): string {
  return ms < 1 ? 'under 1 ms' : `${Math.round(ms)} ms`
}
