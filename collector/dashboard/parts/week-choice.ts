import type { PublishedEpoch } from '../../../src/shared/signals/estimates'
import { h } from '../dom/element'
import { weekWords } from '../words/week-words'

/** Which published week is shown; of one there is nothing to choose. @param epochs latest first. */
export function weekChoice(epochs: readonly PublishedEpoch[], shown: number, choose: (epoch: number) => void): HTMLElement {
  if (epochs.length < 2) return h('p', { class: 'week' }, `Week of ${weekWords(shown)}`)
  const select = h(
    'select',
    { id: 'week' },
    ...epochs.map(({ epoch }) => h('option', { value: epoch, selected: epoch === shown }, weekWords(epoch))),
  )
  select.addEventListener('change', () => choose(Number(select.value)))
  return h('p', { class: 'week' }, h('label', { for: 'week' }, 'Week of '), select)
}
