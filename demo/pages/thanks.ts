import { h } from '../dom/element'
import { shelf } from '../parts/shelf'
import { icon } from '../pictures/icon'
import type { Page, Shop } from '../shop/shop'

/** After a pretend order. */
export function thanksPage(shop: Shop, order: string): Page {
  const element = h(
    'div',
    { class: 'stack' },
    h(
      'section',
      { class: 'empty' },
      icon('check', 'empty__icon'),
      h('h1', { tabindex: -1 }, 'Thank you, pretend customer'),
      h('p', {}, `Order ${order} exists only in this browser. Nobody has been told, and nothing will arrive.`),
    ),
    shelf(shop, {
      slot: 'thanks',
      strategy: 'for-you',
      limit: 8,
      fallback: shop.catalogue.products.slice(0, 8),
      words: { heading: 'Popular with everyone' },
      ownWords: { heading: 'For next time', lead: 'What you just bought is left out.' },
    }),
  )
  return { title: 'Thank you', element }
}
