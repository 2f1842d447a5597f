import type { Catalogue } from '../catalogue/catalogue'
import type { Product } from '../catalogue/product'
import { debounce } from '../dom/debounce'
import { h } from '../dom/element'
import { categoryTiles } from '../parts/category-tiles'
import { productCard } from '../parts/product-card'
import { ProductGrid } from '../parts/product-grid'
import type { Page, Shop } from '../shop/shop'
import { foundNote } from './found-note'

const LIMIT = 48
/** Typed and left so long: the visitor means it, so it is remembered. Enter says so at once. */
const SETTLED_MS = 1_500

/** Searches by meaning, in the worker; where that may not or cannot run, by the words themselves, on the page. */
export function searchPage(shop: Shop, first: string): Page {
  const grid = new ProductGrid()
  const heading = h('h1', { tabindex: -1 }, 'Search')
  const note = h('p', { class: 'listing__note', role: 'status' })
  const onwards = waysOn(shop.catalogue)
  const element = h(
    'div',
    { class: 'stack' },
    h('header', { class: 'listing__head listing__head--wide' }, heading, note),
    h('h2', { class: 'visually-hidden' }, 'Products found'),
    grid.element,
    onwards,
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
    grid.element.hidden = found.products.length === 0
    onwards.hidden = found.products.length > 0
  }
  const search = (query: string, isFinal: boolean) => {
    void run(query).catch(shop.faults.add)
    if (isFinal) remember(query)
    else rememberSettled(query)
  }
  return { title: 'Search', element, search, arrive: () => search(first, false) }
}

const NOTHING_CLOSE = 'Nothing in the shop is close to that. Try another word, or look around below. The query went nowhere.'

type Found = { readonly products: readonly Product[]; readonly note: string }

function nothingAsked(): Found {
  return { products: [], note: 'Type what you need, in your own words: “earbuds” finds headsets, “photocopier” finds copiers.' }
}

async function find({ sotto, catalogue, faults }: Shop, query: string): Promise<Found> {
  if (sotto.consent === 'granted' || sotto.consent === 'session') {
    try {
      // One more than is shown, to know whether there are more.
      const { items, ms } = await sotto.recommend({ slot: 'search', strategy: 'search', query, limit: LIMIT + 1 })
      const shown = items.slice(0, LIMIT)
      const products = shown.flatMap(({ id }) => catalogue.find(id) ?? [])
      if (products.length === 0) return { products, note: NOTHING_CLOSE }
      const withWords = shown.filter(({ evidence }) => evidence.words.length > 0).length
      return { products, note: foundNote({ shown: shown.length, withWords, isMore: items.length > LIMIT, ms }) }
    } catch (thrown) {
      faults.add(thrown)
    }
  }
  const found = catalogue.matching(query, LIMIT + 1)
  const products = found.slice(0, LIMIT)
  const count = found.length > LIMIT ? `The first ${LIMIT}` : found.length === 0 ? 'Nothing' : String(found.length)
  return { products, note: `${count} found by the words alone, on this device. The query went nowhere.` }
}

/** Where nothing was found or asked: what everybody buys, and the whole shop. */
function waysOn(catalogue: Catalogue): HTMLElement {
  const popular = catalogue.products.slice(0, 4).map((product) => h('li', {}, productCard(product)))
  return h(
    'div',
    { class: 'stack', hidden: true },
    h(
      'section',
      { class: 'shelf', 'aria-labelledby': 'search-popular' },
      h('header', { class: 'shelf__head' }, h('h2', { id: 'search-popular' }, 'Popular with everyone')),
      h('ul', { class: 'row' }, ...popular),
    ),
    categoryTiles(catalogue),
  )
}
