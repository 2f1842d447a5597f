import type { Catalogue } from '../catalogue/catalogue'
import { h } from '../dom/element'
import { productPicture } from '../pictures/product-picture'
import { hrefOf } from '../shop/route'

/** One product each of these stands in the picture: the widest of the shop. */
const SHOWN = ['Art', 'Chairs', 'Accessories', 'Paper', 'Phones', 'Furnishings'] as const

/** The shop's promise, beside a handful of what it sells. */
export function hero(catalogue: Catalogue): HTMLElement {
  const shown = SHOWN.flatMap((name) => catalogue.products.find(({ subCategory }) => subCategory === name) ?? [])
  return h(
    'section',
    { class: 'hero' },
    h(
      'div',
      { class: 'hero__text' },
      h('h1', { tabindex: -1 }, 'Everything for the desk. ', h('span', { class: 'marked' }, 'Nothing on file.')),
      h(
        'p',
        { class: 'hero__lead' },
        'Quire gets to know you the way a good shopkeeper does. What you look at stays in this browser, on this device.',
      ),
      h(
        'p',
        { class: 'hero__actions' },
        h(
          'a',
          { class: 'button', href: hrefOf({ kind: 'category', category: 'Office Supplies', subCategory: 'Art' }) },
          'Pens and pencils',
        ),
        h(
          'a',
          { class: 'button button--quiet', href: hrefOf({ kind: 'category', category: 'Furniture', subCategory: 'Chairs' }) },
          'Chairs',
        ),
        h(
          'a',
          { class: 'button button--quiet', href: hrefOf({ kind: 'category', category: 'Technology', subCategory: 'Phones' }) },
          'Phones',
        ),
      ),
    ),
    h(
      'div',
      { class: 'hero__pictures' },
      ...shown.map((product) =>
        h(
          'a',
          { href: hrefOf({ kind: 'product', id: product.id }), 'aria-label': product.title, title: product.title },
          productPicture(product),
        ),
      ),
    ),
  )
}
