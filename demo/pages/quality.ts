import { h } from '../dom/element'
import type { Page, Shop } from '../shop/shop'

/** How good the models are, measured. The charts and what draws them are fetched only here. */
export function qualityPage({ faults, signal }: Shop): Page {
  const body = h('div', { class: 'stack' }, h('p', { class: 'panel__empty' }, 'Fetching the figures…'))
  const element = h(
    'div',
    { class: 'stack' },
    h(
      'header',
      { class: 'listing__head listing__head--wide' },
      h('h1', { tabindex: -1 }, 'How good is it?'),
      h(
        'p',
        { class: 'listing__count' },
        'A recommendation is only worth something if it comes true. So the last thing that each customer bought is hidden from the models, and each of them has to guess it.',
      ),
    ),
    body,
  )
  const arrive = async () => {
    const { qualitySections } = await import('../quality/quality-sections')
    const sections = await qualitySections(signal)
    if (!signal.aborted) body.replaceChildren(...sections)
  }
  const fail = (thrown: unknown) => {
    faults.add(thrown)
    body.replaceChildren(h('p', { class: 'notice' }, 'The figures could not be fetched. Try again when the network is back.'))
  }
  return { title: 'How good is it?', element, section: 'quality', isAbout: true, arrive: () => void arrive().catch(fail) }
}
