import type { Catalogue } from '../catalogue/catalogue'
import { h } from '../dom/element'
import { icon } from '../pictures/icon'
import type { Cart } from '../shop/cart'
import { hrefOf } from '../shop/route'
import { currentScheme, switchScheme } from '../shop/scheme'

export type HeaderOptions = {
  readonly catalogue: Catalogue
  readonly cart: Cart
  readonly search: HTMLElement
  readonly openPanel: () => void
}

/** The head of every page: name, search, cart, colours, categories. */
export function header({ catalogue, cart, search, openPanel }: HeaderOptions): HTMLElement {
  return h(
    'header',
    { class: 'top' },
    h(
      'div',
      { class: 'top__bar' },
      h(
        'a',
        { class: 'logo', href: hrefOf({ kind: 'home' }), 'aria-label': 'Quire, to the shop’s front page' },
        logoMark(),
        h('span', {}, 'Quire'),
      ),
      search,
      h('div', { class: 'top__tools' }, panelButton(openPanel), schemeButton(), cartLink(cart)),
    ),
    navigation(catalogue),
  )
}

function navigation(catalogue: Catalogue): HTMLElement {
  const categories = catalogue.categories.map(({ name }) =>
    h('li', {}, h('a', { href: hrefOf({ kind: 'category', category: name, subCategory: undefined }), 'data-section': name }, name)),
  )
  const personas = h(
    'li',
    { class: 'top__aside' },
    h(
      'a',
      { href: hrefOf({ kind: 'personas' }), 'data-section': 'personas' },
      'Two shoppers',
      h('span', { class: 'top__more' }, ', side by side'),
    ),
  )
  const quality = h(
    'li',
    { class: 'top__quality' },
    h('a', { href: hrefOf({ kind: 'quality' }), 'data-section': 'quality' }, 'How good is it?'),
  )
  const signals = h(
    'li',
    { class: 'top__quality' },
    h('a', { href: hrefOf({ kind: 'signals' }), 'data-section': 'signals' }, 'What leaves?'),
  )
  return h('nav', { class: 'top__nav', 'aria-label': 'Categories' }, h('ul', {}, ...categories, personas, quality, signals))
}

function logoMark(): HTMLElement {
  // Three folded sheets, one inside the other: a quire.
  return h('span', { class: 'logo__mark', 'aria-hidden': 'true' }, h('i'), h('i'), h('i'))
}

function panelButton(openPanel: () => void): HTMLElement {
  return h(
    'button',
    { type: 'button', class: 'tool tool--panel', 'aria-haspopup': 'dialog', 'aria-keyshortcuts': '.', onclick: openPanel },
    icon('eye'),
    h('span', { class: 'tool__text' }, 'What it knows'),
    h('kbd', { 'aria-hidden': 'true' }, '.'),
  )
}

function schemeButton(): HTMLElement {
  const button = h('button', { type: 'button', class: 'tool tool--icon' })
  const draw = () => {
    const isDark = currentScheme(localStorage) === 'dark'
    button.replaceChildren(icon(isDark ? 'sun' : 'moon'))
    button.setAttribute('aria-label', isDark ? 'Light colours' : 'Dark colours')
  }
  button.addEventListener('click', () => {
    switchScheme(localStorage)
    draw()
  })
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', draw)
  draw()
  return button
}

function cartLink(cart: Cart): HTMLElement {
  const count = h('span', { class: 'tool__count' })
  const link = h('a', { class: 'tool tool--cart', href: hrefOf({ kind: 'cart' }), 'data-section': 'cart' }, icon('shopping-cart'), count)
  const draw = () => {
    count.textContent = String(cart.count)
    count.hidden = cart.count === 0
    link.setAttribute('aria-label', `Cart, ${cart.count} ${cart.count === 1 ? 'piece' : 'pieces'}`)
  }
  cart.addEventListener('change', draw)
  draw()
  return link
}
