import { h } from '../dom/element'
import { shelf } from '../parts/shelf'
import { icon } from '../pictures/icon'
import { hrefOf } from '../shop/route'
import type { Page, Shop } from '../shop/shop'

/** Shown for an address that leads nowhere, and for a product that is not sold. */
export function notFoundPage(shop: Shop, what: 'page' | 'product'): Page {
  const element = h(
    'div',
    { class: 'stack' },
    h(
      'section',
      { class: 'empty' },
      icon('package-open', 'empty__icon'),
      h('h1', { tabindex: -1 }, what === 'product' ? 'We don’t have that product' : 'There is no such page'),
      h('p', {}, 'It may have been sold out long ago, or the address has a slip in it.'),
      h('a', { class: 'button', href: hrefOf({ kind: 'home' }) }, 'To the front page'),
    ),
    shelf(shop, {
      slot: 'not-found',
      strategy: 'for-you',
      limit: 8,
      fallback: shop.catalogue.products.slice(0, 8),
      words: { heading: 'Popular with everyone' },
      ownWords: { heading: 'For you', lead: 'Chosen on your device.' },
    }),
  )
  return { title: 'Not found', element }
}
