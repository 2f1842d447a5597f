import type { Category } from '../catalogue/catalogue'
import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { crumbs } from '../parts/crumbs'
import { type Order, orderControl } from '../parts/order-control'
import { ProductGrid } from '../parts/product-grid'
import { hrefOf } from '../shop/route'
import type { Page, Shop } from '../shop/shop'

/** The listing of a category or of one of its sub-categories: in the visitor's own order, the shop's, or by price. */
export function categoryPage(shop: Shop, category: Category, subCategory?: string): Page {
  const products = shop.catalogue.of(category.name, subCategory)
  const grid = new ProductGrid()
  const note = h('p', { class: 'listing__note', role: 'status' })
  const show = async (order: Order) => {
    const own = order === 'own' ? await rankedForVisitor(shop, products) : undefined
    const ordered = own ?? sorted(products, order)
    grid.show(ordered, own && ((product) => climb(products.indexOf(product) - own.indexOf(product))))
    note.replaceChildren(...noteFor(order, own !== undefined, shop.sotto.consent))
    note.classList.toggle('listing__note--own', own !== undefined)
  }
  const control = orderControl((order) => void show(order).catch(shop.faults.add))
  const element = h(
    'div',
    { class: 'stack' },
    crumbs(category.name, subCategory),
    h(
      'header',
      { class: 'listing__head' },
      h('h1', { tabindex: -1 }, subCategory ?? category.name),
      h('p', { class: 'listing__count' }, `${products.length} products`),
    ),
    subCategoryFilter(category, subCategory),
    h('div', { class: 'listing__bar' }, control, note),
    h('h2', { class: 'visually-hidden' }, 'Products'),
    grid.element,
  )
  // The shop's own order stands there at once; the visitor's takes its place when it is known.
  grid.show(products)
  return { title: subCategory ?? category.name, element, section: category.name, arrive: () => void show('own').catch(shop.faults.add) }
}

/** @returns `undefined` where nothing is known of the visitor, so that the order would be the shop's own. */
async function rankedForVisitor({ sotto, catalogue }: Shop, products: readonly Product[]): Promise<readonly Product[] | undefined> {
  const ids = products.map(({ id }) => id)
  const ranked = await sotto.rank(ids)
  return ranked.every((id, index) => id === ids[index]) ? undefined : ranked.flatMap((id) => catalogue.find(id) ?? [])
}

function sorted(products: readonly Product[], order: Order): readonly Product[] {
  switch (order) {
    case 'own':
    case 'shop':
      return products
    case 'cheap':
      return products.toSorted((a, b) => a.price - b.price)
    case 'dear':
      return products.toSorted((a, b) => b.price - a.price)
    default:
      return order satisfies never
  }
}

function noteFor(order: Order, isOwn: boolean, consent: string): (Node | string)[] {
  if (isOwn)
    return [h('span', { class: 'marked' }, 'Sorted for you'), ' on this device. The numbers say how many places a product came up.']
  if (order === 'shop') return ['The shop’s own order: what was ordered most. The same for every visitor.']
  if (order !== 'own') return ['Sorted by price. The same for every visitor.']
  if (consent === 'denied') return ['You asked us to remember nothing, so this is the shop’s own order.']
  if (consent === 'pending') return ['You have not answered yet whether we may remember, so this is the shop’s own order.']
  return ['Nothing is known of you yet, so this is the shop’s own order.']
}

function climb(places: number): Node | undefined {
  if (places < 1) return undefined
  return h('span', { class: 'climb' }, `▲ ${places}`, h('span', { class: 'visually-hidden' }, ' places up, sorted for you'))
}

function subCategoryFilter({ name: category, count, subCategories }: Category, current: string | undefined): HTMLElement {
  const chip = (label: string, amount: number, subCategory: string | undefined) =>
    h(
      'li',
      {},
      h(
        'a',
        {
          class: 'chip',
          href: hrefOf({ kind: 'category', category, subCategory }),
          'aria-current': subCategory === current ? 'page' : undefined,
        },
        label,
        h('span', { class: 'chip__count' }, String(amount)),
      ),
    )
  return h(
    'nav',
    { class: 'chips', 'aria-label': `Kinds of ${category}` },
    h('ul', {}, chip('All', count, undefined), ...subCategories.map(({ name, count }) => chip(name, count, name))),
  )
}
