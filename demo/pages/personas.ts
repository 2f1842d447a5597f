import { createSotto } from 'sotto'
import { defineShelf } from 'sotto/element'
import { h } from '../dom/element'
import { PERSONAS } from '../personas/personas'
import { Player } from '../personas/player'
import { Stage } from '../personas/stage'
import type { Page, Shop } from '../shop/shop'

/** Two shoppers in one page, each with an engine and a memory of its own, played step by step. */
export function personasPage(shop: Shop, catalog: URL): Page {
  const columns = h('div', { class: 'stages' })
  const controls = h('div', { class: 'player' })
  const element = h(
    'div',
    { class: 'stack' },
    h(
      'header',
      { class: 'listing__head listing__head--wide' },
      h('h1', { tabindex: -1 }, 'Two shoppers, side by side'),
      h(
        'p',
        { class: 'listing__count' },
        'The same shop, the same products, two people. Each has an engine and a memory of its own in this page, and neither memory touches the disk: it ends when you leave.',
      ),
    ),
    controls,
    columns,
  )
  // Leaving closes both engines, and what they were doing then fails, as it should.
  const onFault = (thrown: unknown) => {
    if (!shop.signal.aborted) shop.faults.add(thrown)
  }
  const arrive = async () => {
    const sottos = await Promise.all(PERSONAS.map(({ id }) => createSotto({ catalog, namespace: `quire-${id}` })))
    if (shop.signal.aborted) return
    for (const sotto of sottos) {
      defineShelf(sotto)
      sotto.setConsent('session').catch(onFault)
      shop.signal.addEventListener('abort', () => void sotto.close())
    }
    const stages = PERSONAS.flatMap((persona, index) => {
      const sotto = sottos[index]
      return sotto ? [new Stage(shop, persona, sotto)] : []
    })
    columns.replaceChildren(...stages.map(({ element }) => element))
    const player = new Player(stages, onFault)
    shop.signal.addEventListener('abort', () => player.pause())
    controls.replaceChildren(player.element)
  }
  return { title: 'Two shoppers', element, section: 'personas', arrive: () => void arrive().catch(onFault) }
}
