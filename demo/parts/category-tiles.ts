import type { Catalogue } from '../catalogue/catalogue'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import { iconOfCategory } from '../pictures/icon-of'
import { hrefOf } from '../shop/route'

/** Every sub-category of the shop, under its category. */
export function categoryTiles(catalogue: Catalogue): HTMLElement {
  return h(
    'section',
    { class: 'tiles', 'aria-labelledby': 'tiles-heading' },
    h('h2', { id: 'tiles-heading' }, 'The whole shop'),
    ...catalogue.categories.map(({ name: category, subCategories }) =>
      h(
        'div',
        { class: 'tiles__group' },
        h('h3', {}, h('a', { href: hrefOf({ kind: 'category', category, subCategory: undefined }) }, category)),
        h(
          'ul',
          {},
          ...subCategories.map(({ name, count }) =>
            h(
              'li',
              {},
              h(
                'a',
                { class: 'tile', href: hrefOf({ kind: 'category', category, subCategory: name }) },
                icon(iconOfCategory(name), 'tile__icon'),
                h('span', { class: 'tile__name' }, name),
                h('span', { class: 'tile__count' }, String(count), h('span', { class: 'visually-hidden' }, ' products')),
              ),
            ),
          ),
        ),
      ),
    ),
  )
}
