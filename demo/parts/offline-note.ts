import { h } from '../dom/element'
import { icon } from '../pictures/icon'

/** A strip at the top while the panel's switch has cut the network; the style sheet shows it. */
export function offlineNote(): HTMLElement {
  return h('p', { class: 'offline-note' }, icon('wifi-off'), 'The network is cut. The shop goes on adapting without it.')
}
