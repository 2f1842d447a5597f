import type { Recommendation, RecommendedItem, Sotto } from 'sotto'
import type { ShelfElement } from 'sotto/element'
import type { Catalogue } from '../catalogue/catalogue'
import { h } from '../dom/element'
import { featureWords } from '../models/feature-words'
import { inCommon } from '../parts/in-common'
import { deed, whyText } from '../parts/why'
import { productPicture } from '../pictures/product-picture'
import { bars } from './bars'
import type { PanelTab } from './panel-tab'

/** Why each product stands in the shelves of the page that is open. */
export function reasonsTab(sotto: Sotto, catalogue: Catalogue): PanelTab {
  const select = h('select', { id: 'reason-shelf' })
  const picker = h('p', { class: 'field' }, h('label', { for: 'reason-shelf' }, 'Shelf'), select)
  const list = h('ol', { class: 'reasons' })
  const empty = h(
    'p',
    { class: 'panel__empty' },
    'No shelf of this page has been filled by the engine yet. Until then it shows the shop’s own choice.',
  )
  const element = h('section', { class: 'panel__tab' }, picker, list, empty)
  let drawn = ''
  const draw = () => {
    const shelves = [...document.querySelectorAll('sotto-shelf')].filter((shelf) => shelf.recommendation?.items.length)
    const names = shelves.map(nameOf)
    const before = select.value
    select.replaceChildren(...names.map((name) => h('option', {}, name)))
    if (names.includes(before)) select.value = before
    picker.hidden = shelves.length === 0
    empty.hidden = shelves.length > 0
    const shelf = shelves[names.indexOf(select.value)]
    const shown = shelf?.recommendation?.items ?? []
    const isExplained = shelf?.recommendation !== undefined && !shelf.hasAttribute('namespace') && isScoredForYou(shelf.recommendation)
    // Unchanged reasons stay, so that what was opened stays open.
    const now = JSON.stringify([isExplained, shown.map(({ id, evidence }) => [id, evidence])])
    if (now === drawn) return
    drawn = now
    list.replaceChildren(...shown.map((result) => reason(catalogue, result, isExplained ? parts(sotto, result.id) : undefined)))
  }
  select.addEventListener('change', draw)
  return { id: 'reasons', label: 'Reasons', element, draw }
}

function nameOf(shelf: ShelfElement): string {
  return shelf.closest('section')?.querySelector('h2')?.textContent ?? 'Shelf'
}

/**
 * Whether `explain` speaks of the scores of a shelf: it says what "for you", by all models together or by likeness, makes of a product,
 * whatever else put the product where it stands. Of this page's own visitor, so not of a persona's shelf.
 */
function isScoredForYou({ strategy, items }: Recommendation): boolean {
  return strategy === 'for-you' && items.every(({ evidence: { model } }) => model === undefined || model === 'blend')
}

/** @param details what the score is made of, where that can be asked. */
function reason(catalogue: Catalogue, { id, item, evidence }: RecommendedItem, details: HTMLElement | undefined): HTMLElement {
  const product = catalogue.find(id)
  const { because, words, categories } = evidence
  return h(
    'li',
    { class: 'reason' },
    product ? h('span', { class: 'reason__picture' }, productPicture(product)) : undefined,
    h(
      'div',
      {},
      h('strong', { class: 'reason__title' }, item.title),
      because.length === 0
        ? h('p', {}, whyText(evidence))
        : h('ul', { class: 'bars' }, ...bars(because.map((entry) => ({ name: `You ${deed(entry)}`, share: entry.share })))),
      words.length === 0 && categories.length === 0
        ? undefined
        : h('p', { class: 'reason__common' }, 'In common: ', inCommon(categories.slice(-1), words).join(', ')),
      details,
    ),
  )
}

/** What the score is made of, asked of the engine only when somebody wants to know. */
function parts(sotto: Sotto, id: string): HTMLElement {
  const body = h('div', {})
  const details = h('details', {}, h('summary', {}, 'What its score is made of'), body)
  const draw = async () => {
    const explanation = await sotto.explain(id)
    const shares = bars(explanation.parts.map(({ name, share }) => ({ name: featureWords(name), share })))
    body.replaceChildren(
      shares.length === 0 ? h('p', {}, 'Nothing is known of you, so only the shop’s own order.') : h('ul', { class: 'bars' }, ...shares),
    )
  }
  details.addEventListener('toggle', () => {
    if (details.open && body.childElementCount === 0) draw().catch((thrown: unknown) => body.replaceChildren(String(thrown)))
  })
  return details
}
