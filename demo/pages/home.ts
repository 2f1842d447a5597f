import { h } from '../dom/element'
import { categoryTiles } from '../parts/category-tiles'
import { hero } from '../parts/hero'
import { shelf } from '../parts/shelf'
import { tour } from '../parts/tour'
import type { Page, Shop } from '../shop/shop'

/** The front page. */
export function homePage(shop: Shop): Page {
  const { catalogue } = shop
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
      limit: 4,
      fallback: [],
      words: { heading: 'Where you left off', lead: 'Read from this device, latest first.' },
    }),
    shelf(shop, {
      slot: 'next',
      strategy: 'next',
      limit: 4,
      fallback: [],
      only: 'history',
      words: { heading: 'What comes next', lead: 'What customers ordered after things like those you looked at last.' },
    }),
    categoryTiles(catalogue),
    shelf(shop, {
      slot: 'trending',
      strategy: 'trending',
      limit: 4,
      fallback: catalogue.trending.slice(0, 4),
      words: { heading: 'Trending', lead: 'Ordered more than usual in the last months of our orders. The same for every visitor.' },
    }),
    shelf(shop, {
      slot: 'new',
      strategy: 'new',
      limit: 4,
      fallback: catalogue.newest.slice(0, 4),
      words: { heading: 'New in the shop', lead: 'By the month of the first order, latest first. The same for every visitor.' },
    }),
  )
  return { title: 'Office supplies', element, arrive: guide.arrive }
}
