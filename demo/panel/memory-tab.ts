import type { Profile, Sotto, Status, StoredEvent } from 'sotto'
import { h } from '../dom/element'
import { ANSWERS, type Answer } from '../parts/consent-banner'
import type { Cart } from '../shop/cart'
import { bars } from './bars'
import { dataButtons } from './data-buttons'
import { eventLine } from './event-line'
import { factList } from './fact-list'
import { interestNames } from './interest-names'
import type { PanelTab } from './panel-tab'

const SHOWN_EVENTS = 8

/** What is stored: the choice, the events, what was made of them, and the ways to take it along or be rid of it. */
export function memoryTab(sotto: Sotto, cart: Cart, choose: (consent: Answer) => void): PanelTab {
  const choice = consentChoice(choose)
  const summary = h('div', {})
  const element = h('section', { class: 'panel__tab' }, choice.element, summary, dataButtons(sotto, cart))
  const draw = async () => {
    choice.show(sotto.consent)
    const [status, profile, events] = await Promise.all([sotto.status(), sotto.profile(), sotto.history({ limit: SHOWN_EVENTS })])
    summary.replaceChildren(...summarise(status, profile, events))
  }
  return { id: 'memory', label: 'Memory', element, draw }
}

function consentChoice(choose: (consent: Answer) => void): { readonly element: HTMLElement; readonly show: (consent: string) => void } {
  const inputs = ANSWERS.map(({ consent, label }) => {
    const input = h('input', { type: 'radio', name: 'panel-consent', value: consent, onchange: () => choose(consent) })
    return { consent, input, element: h('label', { class: 'segment' }, input, h('span', {}, label)) }
  })
  const effect = h('p', { class: 'panel__hint', role: 'status' })
  const element = h(
    'div',
    {},
    h('fieldset', { class: 'segments segments--wide' }, h('legend', {}, 'Your choice'), ...inputs.map(({ element }) => element)),
    effect,
  )
  const show = (consent: string) => {
    for (const { consent: own, input } of inputs) input.checked = own === consent
    effect.textContent =
      ANSWERS.find((answer) => answer.consent === consent)?.effect ?? 'Not answered yet: nothing of what you look at is read or kept.'
  }
  return { element, show }
}

const PLACES = {
  indexeddb: 'Kept in this browser’s IndexedDB.',
  memory: 'Kept in the memory of this page, and gone with it.',
  none: 'Nothing of what you look at is kept.',
} as const

function summarise({ storage }: Status, { interests, events, sessions }: Profile, latest: readonly StoredEvent[]): Node[] {
  const dropped = Object.entries(storage.dropped)
  const names = interestNames(interests)
  return [
    h(
      'div',
      { class: 'numbers' },
      h('p', {}, h('strong', { 'data-count': 'events' }, String(events)), events === 1 ? ' event' : ' events'),
      h('p', {}, h('strong', {}, String(sessions)), sessions === 1 ? ' visit' : ' visits'),
      h('p', {}, h('strong', {}, String(interests.length)), interests.length === 1 ? ' interest' : ' interests'),
    ),
    h('p', { class: 'panel__hint' }, PLACES[storage.kind] + (storage.fault ? ` ${storage.fault.message}` : '')),
    h('h3', {}, 'What you seem to care about'),
    interests.length === 0
      ? h('p', { class: 'panel__empty' }, 'Nothing yet. Look at a few products.')
      : h(
          'ul',
          { class: 'bars' },
          ...bars(
            interests.map(({ share, items }, index) => ({
              name: names[index] ?? 'Various',
              share,
              note: items
                .map(({ title }) => title)
                .slice(0, 2)
                .join(' · '),
            })),
          ),
        ),
    h('h3', {}, 'Latest events'),
    latest.length === 0 ? h('p', { class: 'panel__empty' }, 'None.') : h('ol', { class: 'events' }, ...latest.map(eventLine)),
    h('h3', {}, 'Left out by cleaning'),
    dropped.length === 0
      ? h('p', { class: 'panel__empty' }, 'Nothing so far: no doubles, no impossible prices.')
      : factList(dropped.map(([reason, count]) => [reason.replaceAll('-', ' '), String(count)])),
  ]
}
