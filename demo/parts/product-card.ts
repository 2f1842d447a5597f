import { money } from '../catalogue/money'
import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import { productPicture } from '../pictures/product-picture'
import { hrefOf } from '../shop/route'
import { kindLine } from './kind-line'

/** A product in a grid: one link, and a button that puts it into the cart. `note` stands on the picture's corner. */
export function productCard(product: Product, note?: Node): HTMLElement {
  return h(
    'article',
    { class: 'card', 'data-item': product.id },
    h(
      'a',
      { class: 'card__link', href: hrefOf({ kind: 'product', id: product.id }) },
      h('span', { class: 'card__picture' }, productPicture(product), note),
      h('span', { class: 'card__brand' }, kindLine(product)),
      h('span', { class: 'card__title' }, product.title),
      h('span', { class: 'card__price' }, money(product.price)),
    ),
    addButton(product),
  )
}

/** The small button of a card; the page's frame listens for it. */
export function addButton(product: Product): HTMLButtonElement {
  const label = `Put ${product.title} into the cart`
  return h('button', { type: 'button', class: 'card__add', 'data-add': product.id, 'aria-label': label }, icon('plus'))
}
