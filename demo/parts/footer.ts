import { h } from '../dom/element'
import { hrefOf } from '../shop/route'

/** The foot of every page: what this shop is, and the ways into what it knows. @param hasCollector whether answers drawn by chance may leave. */
export function footer(openPanel: () => void, askConsent: () => void, hasCollector: boolean): HTMLElement {
  return h(
    'footer',
    { class: 'foot' },
    h(
      'div',
      { class: 'foot__inner' },
      h(
        'p',
        {},
        h('strong', {}, 'Quire is a demonstration.'),
        ` Its products and prices come from public sample data; nothing is sold${hasCollector ? ', and all that is sent of you is drawn by chance first' : ' or sent'}. What it learns about you it keeps in this browser, for as long as you allow.`,
      ),
      h(
        'ul',
        { class: 'foot__links' },
        h('li', {}, h('button', { type: 'button', class: 'link', onclick: openPanel }, 'What this device knows')),
        h('li', {}, h('button', { type: 'button', class: 'link', onclick: askConsent }, 'Change my choice')),
        h('li', {}, h('a', { href: hrefOf({ kind: 'quality' }) }, 'How good is it?')),
        h('li', {}, h('a', { href: hrefOf({ kind: 'signals' }) }, 'What leaves?')),
      ),
    ),
  )
}
