import { h } from '../dom/element'
import type { Page, Shop } from '../shop/shop'

/** What a shop may learn of its visitors together, and how little of each. The charts and what draws them are fetched only here. */
export function signalsPage({ collectors, faults, signal }: Shop): Page {
  const body = h('div', { class: 'stack' }, h('p', { class: 'panel__empty' }, 'Fetching the plan…'))
  const element = h(
    'div',
    { class: 'stack' },
    h(
      'header',
      { class: 'listing__head listing__head--wide' },
      h('h1', { tabindex: -1 }, 'The crowd is counted, nobody is observed'),
      h(
        'p',
        { class: 'listing__count' },
        'A shop wants to know what its visitors look for. So each browser answers by chance: no answer can be held against anybody, and only the sum of many says something. What left this very device stands under “What it knows”, in the tab Signals.',
      ),
    ),
    body,
  )
  const arrive = async () => {
    const { signalsSections } = await import('../signals/signals-sections')
    const sections = await signalsSections(collectors?.simulation, signal)
    if (!signal.aborted) body.replaceChildren(...sections)
  }
  const fail = (thrown: unknown) => {
    faults.add(thrown)
    body.replaceChildren(h('p', { class: 'notice' }, 'The plan could not be fetched. Try again when the network is back.'))
  }
  return { title: 'What leaves this device', element, section: 'signals', isAbout: true, arrive: () => void arrive().catch(fail) }
}
