import { money } from '../catalogue/money'
import { h } from '../dom/element'
import { hrefOf } from '../shop/route'
import type { Page, Shop } from '../shop/shop'

const DELIVERIES = ['By cargo bike, tomorrow', 'By post, within the week', 'I’ll fetch it myself'] as const

/** A checkout that asks for nothing personal, because there is nothing to deliver. @param done called with the order's number. */
export function checkoutPage(shop: Shop, done: (order: string) => void): Page {
  const { cart, visitor, signal } = shop
  const lines = h('ul', { class: 'checkout__lines' })
  const form = h(
    'form',
    { class: 'checkout' },
    h(
      'p',
      { class: 'notice' },
      h('strong', {}, 'This is a pretend checkout.'),
      ' There is no payment, no delivery and no account, so we ask for no name, address or card. Placing the order tells the engine on your device that you bought these products; it then stops suggesting them.',
    ),
    h(
      'fieldset',
      { class: 'choices' },
      h('legend', {}, 'How should we pretend to deliver?'),
      ...DELIVERIES.map((label, index) =>
        h('label', {}, h('input', { type: 'radio', name: 'delivery', checked: index === 0 }), ` ${label}`),
      ),
    ),
    lines,
    h('button', { type: 'submit', class: 'button button--wide' }, 'Place the pretend order'),
  )
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const order = crypto.randomUUID().slice(0, 8)
    visitor.buys(order)
    done(order)
  })
  const empty = h('p', { class: 'notice' }, 'There is nothing in the cart. ', h('a', { href: hrefOf({ kind: 'home' }) }, 'Look around'))
  // Another tab may change the cart meanwhile: what is ordered is what stands here.
  const draw = () => {
    form.hidden = cart.count === 0
    empty.hidden = cart.count > 0
    lines.replaceChildren(
      ...cart.lines.map(({ product, quantity }) =>
        h('li', {}, h('span', {}, `${quantity} × ${product.title}`), h('span', {}, money(product.price * quantity))),
      ),
      h('li', { class: 'checkout__total' }, h('span', {}, 'Total'), h('strong', {}, money(cart.total))),
    )
  }
  draw()
  cart.addEventListener('change', draw, { signal })
  const element = h('div', { class: 'stack stack--narrow' }, h('h1', { tabindex: -1 }, 'Check out'), form, empty)
  return { title: 'Check out', element, section: 'cart', arrive: () => void (cart.count === 0 || visitor.beginsCheckout()) }
}
