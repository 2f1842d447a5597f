import { h } from '../dom/element'
import { hrefOf } from '../shop/route'

/** The way back: the shop, a category, and where given a sub-category. The last step is a link only if `isLinked`. */
export function crumbs(category: string, subCategory?: string, isLinked = false): HTMLElement {
  const steps: [name: string, href: string][] = [
    ['Shop', hrefOf({ kind: 'home' })],
    [category, hrefOf({ kind: 'category', category, subCategory: undefined })],
  ]
  if (subCategory !== undefined) steps.push([subCategory, hrefOf({ kind: 'category', category, subCategory })])
  const entries = steps.map(([name, href], index) => {
    const isHere = index === steps.length - 1 && !isLinked
    return h('li', {}, isHere ? h('span', { 'aria-current': 'page' }, name) : h('a', { href }, name))
  })
  return h('nav', { class: 'crumbs', 'aria-label': 'Where you are' }, h('ol', {}, ...entries))
}
