import { seasonAt } from '../catalogue/season'
import { h } from '../dom/element'
import { categoryTiles } from '../parts/category-tiles'
import { hero } from '../parts/hero'
import { productCard } from '../parts/product-card'
import { shelf } from '../parts/shelf'
import { tour } from '../parts/tour'
import type { Page, Shop } from '../shop/shop'

/** The front page. */
export function homePage(shop: Shop): Page {
  const { catalogue } = shop
  const season = seasonAt(new Date())
  const guide = tour(shop)
  const element = h(
    'div',
    { class: 'stack' },
    hero(catalogue),
    guide.element,
    shelf(shop, {
      slot: 'home',
      strategy: 'for-you',
      limit: 8,
      fallback: catalogue.products.slice(0, 8),
      words: { heading: 'Popular with everyone', lead: 'The same for every visitor, until this shop may learn what you like.' },
      ownWords: { heading: 'For you', lead: 'Chosen on your device from what you looked at.' },
    }),
    shelf(shop, {
      slot: 'recent',
      strategy: 'recently-viewed',
      limit: 8,
      fallback: [],
      words: { heading: 'Where you left off', lead: 'Read from this device, latest first.' },
    }),
    categoryTiles(catalogue),
    h(
      'section',
      { class: 'shelf', 'aria-labelledby': 'season' },
      h(
        'header',
        { class: 'shelf__head' },
        h('h2', { id: 'season' }, `Ordered most in ${season}`),
        h(
          'p',
          { class: 'shelf__lead' },
          'Summed over four years of orders, and only where five or more people bought. The same for every visitor.',
        ),
      ),
      h(
        'ul',
        { class: 'row' },
        ...catalogue
          .inSeason(season)
          .slice(0, 8)
          .map((product) => h('li', {}, productCard(product))),
      ),
    ),
  )
  return { title: 'Office supplies', element, arrive: guide.arrive }
}
