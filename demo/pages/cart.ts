import { money } from '../catalogue/money'
import { h } from '../dom/element'
import { quantityField } from '../parts/quantity-field'
import { shelf } from '../parts/shelf'
import { icon } from '../pictures/icon'
import { productPicture } from '../pictures/product-picture'
import type { CartLine } from '../shop/cart'
import { hrefOf } from '../shop/route'
import type { Page, Shop } from '../shop/shop'

/** What is in the cart. */
export function cartPage(shop: Shop): Page {
  const { cart, visitor } = shop
  const list = h('div', {})
  const below = h('div', { class: 'stack' })
  let isEmpty: boolean | undefined
  const draw = () => {
    list.replaceChildren(cart.count === 0 ? emptyCart() : fullCart(shop))
    if (isEmpty === (cart.count === 0)) return
    isEmpty = cart.count === 0
    below.replaceChildren(...(isEmpty ? [] : [goesWithShelf(shop)]), cartShelf(shop, isEmpty))
  }
  const element = h('div', { class: 'stack' }, h('h1', { tabindex: -1 }, 'Cart'), list, below)
  draw()
  cart.addEventListener('change', draw, { signal: shop.signal })
  return { title: 'Cart', element, section: 'cart', arrive: () => visitor.opensCart() }
}

function goesWithShelf(shop: Shop): HTMLElement {
  return shelf(shop, {
    slot: 'goes-with',
    strategy: 'cart',
    limit: 4,
    fallback: [],
    only: 'history',
    words: { heading: 'Goes with your cart', lead: 'What customers ordered along with such things. Worked out on your device.' },
  })
}

function cartShelf(shop: Shop, isEmpty: boolean): HTMLElement {
  return shelf(shop, {
    slot: 'cart',
    strategy: 'for-you',
    limit: 4,
    fallback: shop.catalogue.products.slice(0, 4),
    words: { heading: 'Popular with everyone' },
    ownWords: { heading: isEmpty ? 'For you' : 'More like what you chose', lead: 'Chosen on your device.' },
  })
}

function emptyCart(): HTMLElement {
  return h(
    'div',
    { class: 'empty' },
    icon('shopping-cart', 'empty__icon'),
    h('p', {}, 'Nothing in it yet.'),
    h('a', { class: 'button', href: hrefOf({ kind: 'home' }) }, 'Look around'),
  )
}

function fullCart(shop: Shop): HTMLElement {
  return h(
    'div',
    { class: 'cart' },
    h('ul', { class: 'cart__lines' }, ...shop.cart.lines.map((line) => cartLine(shop, line))),
    h(
      'aside',
      { class: 'cart__sum', 'aria-label': 'Sum' },
      h('p', { class: 'cart__total' }, h('span', {}, 'Total'), h('strong', {}, money(shop.cart.total))),
      h('a', { class: 'button button--wide', href: hrefOf({ kind: 'checkout' }) }, 'Check out'),
      h('p', { class: 'cart__hint' }, 'A demonstration: nothing will be charged or shipped.'),
    ),
  )
}

function cartLine({ visitor, announce }: Shop, { product, quantity }: CartLine): HTMLElement {
  const each = `${money(product.price)} each${product.hasNamesake ? ` · ${product.id}` : ''}`
  const href = hrefOf({ kind: 'product', id: product.id })
  const remove = () => {
    visitor.putsInCart(product, 0)
    announce(`${product.title} taken out of the cart`)
    document.querySelector<HTMLElement>('h1')?.focus()
  }
  return h(
    'li',
    { class: 'cart__line' },
    h('a', { class: 'cart__picture', href, tabindex: -1, 'aria-hidden': 'true' }, productPicture(product)),
    h('div', { class: 'cart__name' }, h('a', { href }, product.title), h('span', {}, each)),
    quantityField(`How many of ${product.title}`, quantity, 1, (chosen) => visitor.putsInCart(product, chosen)),
    h('strong', { class: 'cart__price' }, money(product.price * quantity)),
    h('button', { type: 'button', class: 'tool tool--icon', 'aria-label': `Take ${product.title} out`, onclick: remove }, icon('trash-2')),
  )
}
