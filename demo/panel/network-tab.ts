import { h } from '../dom/element'
import type { Requests, SeenRequest } from '../shop/requests'
import type { PanelTab } from './panel-tab'
import { pictureNote } from './picture-note'

const OUTCOMES: Readonly<Record<SeenRequest['outcome'], string>> = {
  network: 'network',
  kept: 'offline, from this device',
  refused: 'refused',
  before: 'before the watch began',
}

/** Every request since the page was loaded, and the switch that forbids them all. */
export function networkTab(requests: Requests): PanelTab {
  const number = h('strong', { class: 'verdict__number', 'data-count': 'carrying' })
  const verdict = h('p', { class: 'verdict__text' })
  const apart = h('p', { class: 'panel__hint' })
  const how = h('p', { class: 'panel__hint' })
  const offline = offlineSwitch(requests)
  const pictures = pictureNote()
  const list = h('ol', { class: 'requests' })
  const element = h(
    'section',
    { class: 'panel__tab' },
    h('div', { class: 'verdict' }, number, verdict),
    apart,
    how,
    offline,
    h('h3', {}, 'Every request since this page was loaded'),
    h(
      'p',
      { class: 'panel__hint' },
      'The shop’s own files: plain addresses without a question mark and without content. Counted above is what goes elsewhere, or has either.',
    ),
    outsideView(),
    pictures.element,
    list,
  )
  const draw = () => {
    const { all, carrying, reports, isWatched } = requests
    number.textContent = String(carrying.length)
    verdict.textContent = carrying.length === 1 ? 'request could have carried something about you' : 'requests carried anything about you'
    apart.textContent = `Apart from ${reports.length === 1 ? '1 report that was' : `${reports.length} reports that were`} randomized on this device first: see Signals.`
    apart.hidden = reports.length === 0
    how.textContent = isWatched
      ? 'A service worker sees every request of this page and of its Web Workers. What came before it began to watch is from the browser’s own timing list, which knows the page’s requests but not the workers’; the engine is started only after.'
      : 'No service worker is watching, so this is the browser’s own timing list: it knows this page’s requests but not those of its workers.'
    pictures.draw()
    list.replaceChildren(...all.map(requestLine))
  }
  return { id: 'network', label: 'Network', element, draw }
}

/** What these requests still tell whoever serves the files: less than any ordinary page view, but not nothing. */
function outsideView(): HTMLElement {
  const points = [
    'That somebody opened the shop, as with any site. Which page is not seen: pages of this shop stand behind the # of the address, which is never sent.',
    'That somebody searches: the table of word meanings is fetched with the first search. For what is not seen.',
    'Which kinds of page somebody opened: what comes after what is fetched with the front page, what is ordered together with the first product, and a model with its first use. For which product is not seen, and whoever opens the same pages fetches the same files, with a history or without.',
    'The catalogue comes in parts. Everybody fetches them all, in one order, within seconds of arriving.',
  ]
  return h(
    'details',
    { class: 'outside' },
    h('summary', {}, 'What can still be seen from outside'),
    h('ul', {}, ...points.map((point) => h('li', {}, point))),
  )
}

const BROUGHT = { report: ' · a randomized report', simulation: ' · of simulated visitors' } as const

function requestLine({ target, method, by, outcome, couldCarry, brought }: SeenRequest): HTMLElement {
  return h(
    'li',
    { class: couldCarry ? 'request request--carrying' : 'request' },
    h('code', {}, method === 'GET' ? target : `${method} ${target}`),
    h(
      'span',
      { class: 'request__how' },
      `${by} · ${OUTCOMES[outcome]}${brought ? BROUGHT[brought] : ''}${couldCarry ? ' · could carry data' : ''}`,
    ),
  )
}

function offlineSwitch(requests: Requests): HTMLElement {
  const input = h('input', { type: 'checkbox', role: 'switch' })
  const state = h('p', { class: 'panel__hint', role: 'status' })
  const change = async () => {
    const worked = await requests.setOffline(input.checked)
    if (!worked) input.checked = false
    document.documentElement.toggleAttribute('data-offline', input.checked)
    state.textContent = !worked
      ? 'This needs the service worker, which is not running here.'
      : input.checked
        ? 'The network is off. Go on shopping: the shelves still adapt. Only what the shop cannot open without would be fetched, were it not kept here.'
        : 'The network is on again.'
  }
  let isPressed = false
  input.addEventListener('change', () => {
    isPressed = true
    void change()
  })
  void requests.isOffline().then((isOffline) => {
    // Whoever was faster means it.
    if (isPressed) return
    input.checked = isOffline
    document.documentElement.toggleAttribute('data-offline', isOffline)
  })
  return h('div', { class: 'offline' }, h('label', { class: 'switch' }, input, h('span', {}, h('strong', {}, 'Cut the network'))), state)
}
