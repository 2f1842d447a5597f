import { money } from '../catalogue/money'
import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { crumbs } from '../parts/crumbs'
import { quantityField } from '../parts/quantity-field'
import { shelf } from '../parts/shelf'
import { productPicture } from '../pictures/product-picture'
import { hrefOf } from '../shop/route'
import type { Page, Shop } from '../shop/shop'

/** One product, what is bought with it and what resembles it. Opening it is what the shop remembers as looking at it. */
export function productPage(shop: Shop, product: Product): Page {
  const { category, subCategory, title } = product
  const neighbours = shop.catalogue.of(category, subCategory).filter(({ id }) => id !== product.id)
  const element = h(
    'div',
    { class: 'stack' },
    crumbs(category, subCategory, true),
    h(
      'div',
      { class: 'product' },
      h('div', { class: 'product__picture' }, productPicture(product)),
      h(
        'div',
        { class: 'product__facts' },
        h('p', { class: 'product__brand' }, product.brand ?? subCategory),
        h('h1', { tabindex: -1 }, title),
        h('p', { class: 'product__price' }, money(product.price)),
        buyForm(shop, product),
        facts(product),
      ),
    ),
    shelf(shop, {
      slot: 'together',
      strategy: 'bought-together',
      limit: 4,
      itemId: product.id,
      fallback: [],
      only: 'together',
      // Each kind rests on at least five customers; that it is no better than chance is what the quality page measures.
      words: {
        heading: 'Bought together',
        lead: 'Of kinds that customers ordered as well. In these sample orders that is not shown to be better than chance:',
        link: { href: hrefOf({ kind: 'quality' }), text: 'the figures' },
      },
    }),
    shelf(shop, {
      slot: 'product',
      strategy: 'similar',
      limit: 8,
      itemId: product.id,
      fallback: neighbours.slice(0, 8),
      words: { heading: 'Close to this one', lead: `More from ${subCategory} and its neighbours.` },
    }),
    shelf(shop, {
      slot: 'product-recent',
      strategy: 'recently-viewed',
      limit: 5,
      without: product.id,
      fallback: [],
      words: { heading: 'Where you left off' },
    }),
  )
  return { title, element, section: category, arrive: () => shop.visitor.looksAt(product) }
}

function buyForm({ visitor, cart, announce }: Shop, product: Product): HTMLElement {
  let quantity = 1
  const add = () => {
    visitor.putsInCart(product, cart.quantityOf(product.id) + quantity)
    announce(`${quantity} × ${product.title} put into the cart`)
  }
  return h(
    'div',
    { class: 'product__buy' },
    quantityField('How many', quantity, 1, (chosen) => {
      quantity = chosen
    }),
    h('button', { type: 'button', class: 'button button--wide', onclick: add }, 'Add to cart'),
    h('a', { class: 'button button--quiet', href: hrefOf({ kind: 'cart' }) }, 'To the cart'),
  )
}

function facts({ brand, category, subCategory, id }: Product): HTMLElement {
  const rows: [name: string, value: string | HTMLElement][] = [
    ...(brand === undefined ? [] : ([['Maker', brand]] as [string, string][])),
    ['Kind', h('a', { href: hrefOf({ kind: 'category', category, subCategory }) }, subCategory)],
    ['Department', h('a', { href: hrefOf({ kind: 'category', category, subCategory: undefined }) }, category)],
    ['Article', id],
  ]
  return h('dl', { class: 'facts' }, ...rows.map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))))
}
