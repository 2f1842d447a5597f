import type { Evidence, RecommendedItem, Strategy } from 'sotto'
import type { ShelfElement } from 'sotto/element'
import type { Product } from '../catalogue/product'
import { h } from '../dom/element'
import { modelWords } from '../models/model-words'
import { productPicture } from '../pictures/product-picture'
import type { Shop } from '../shop/shop'
import { kindLine } from './kind-line'
import { addButton, productCard } from './product-card'
import { whyLine } from './why'

type Words = {
  readonly heading: string
  readonly lead?: string
  /** Where more is said of it. */
  readonly link?: { readonly href: string; readonly text: string }
}

export type ShelfOptions = {
  /** Names the shelf on the page and in the events that come from it. */
  readonly slot: string
  readonly strategy: Strategy
  readonly limit: number
  /** A product that the shelf holds and does not show: the one whose page this is. */
  readonly without?: string
  readonly itemId?: string
  /** Whose shelf; the shop's own without it. */
  readonly namespace?: string
  /** Shown until recommendations come, and for ever if they don't. Without any, the shelf stays hidden until then. */
  readonly fallback: readonly Product[]
  /** Said over the fallback, and over all that is the same for every visitor. */
  readonly words: Words
  /** Said instead once the history chose what is shown. */
  readonly ownWords?: Words
  /** What the shelf stands for: where the engine has nothing of the kind and fills in, the shelf hides. Default: anything. */
  readonly only?: Evidence['kind']
}

/** A shelf of the shop: a heading, and a `<sotto-shelf>` with the shop's own card as its template. */
export function shelf(shop: Shop, options: ShelfOptions): HTMLElement {
  const { slot, strategy, limit, without, itemId, namespace, fallback, words, ownWords = words, only } = options
  const headingId = `shelf-${slot}`
  const heading = h('h2', { id: headingId })
  const lead = h('p', { class: 'shelf__lead' })
  const element = h('sotto-shelf', { strategy, 'slot-name': slot, limit, 'item-id': itemId, namespace })
  element.append(cardTemplate(), h('ul', { class: 'row' }, ...fallback.map((product) => h('li', {}, productCard(product)))))
  const section = h(
    'section',
    { class: 'shelf', 'aria-labelledby': headingId },
    h('header', { class: 'shelf__head' }, heading, lead),
    element,
  )
  let shown: ReadonlySet<string> = new Set()
  const draw = () => {
    const items = element.recommendation?.items ?? []
    const isOwn = items[0]?.evidence.kind === 'history'
    const said = isOwn ? ownWords : words
    heading.textContent = said.heading
    const { link } = said
    lead.replaceChildren(soloLead(items, strategy) ?? said.lead ?? '', ...(link ? [' ', h('a', { href: link.href }, link.text)] : []))
    section.classList.toggle('shelf--own', isOwn)
    const isFilledIn = only !== undefined && items.length > 0 && items[0]?.evidence.kind !== only
    section.hidden = isFilledIn || (items.every(({ id }) => id === without) && fallback.length === 0)
    for (const item of element.querySelectorAll<HTMLElement>('[data-sotto-item]')) item.hidden = item.dataset.sottoItem === without
    finishCards(shop, element, shown)
    shown = new Set(items.map(({ id }) => id))
  }
  draw()
  element.addEventListener('sotto-shelf:rendered', draw)
  element.addEventListener('sotto-shelf:failed', draw)
  // After `forget` or a refusal the element shows the fallback again of itself, and says nothing of it.
  const stop = shop.sotto.on('change', ({ kind }) => {
    if (kind === 'forgotten' || kind === 'consent') setTimeout(draw)
  })
  shop.signal.addEventListener('abort', stop)
  return section
}

/** Said where one model alone chose, which only happens when the visitor looks behind the scenes. */
function soloLead([first]: readonly RecommendedItem[], strategy: Strategy): string | undefined {
  const model = first?.evidence.model
  return strategy === 'for-you' && model !== undefined && model !== 'blend'
    ? `Chosen on your device by one model alone: ${modelWords(model).label}.`
    : undefined
}

function cardTemplate(): HTMLTemplateElement {
  const template = h('template')
  template.content.append(
    h(
      'article',
      { class: 'card' },
      h(
        'a',
        { class: 'card__link', 'data-sotto-href': 'url' },
        h('span', { class: 'card__picture' }),
        h('span', { class: 'card__brand', 'data-sotto-text': 'kind' }),
        h('span', { class: 'card__title', 'data-sotto-text': 'title' }),
        h('span', { class: 'card__price', 'data-sotto-text': 'price' }),
      ),
    ),
  )
  return template
}

/** Adds what a template cannot say: the drawn picture, the button, the reasons; what was not among `before` arrives marked. */
function finishCards({ catalogue }: Shop, element: ShelfElement, before: ReadonlySet<string>): void {
  for (const { id } of element.recommendation?.items ?? []) {
    const card = element.querySelector<HTMLElement>(`[data-sotto-item="${CSS.escape(id)}"] .card`)
    const product = catalogue.find(id)
    if (!card || !product || card.dataset.item) continue
    card.dataset.item = id
    card.classList.toggle('card--new', before.size > 0 && !before.has(id))
    card.querySelector('.card__picture')?.append(productPicture(product))
    card.querySelector('.card__brand')?.replaceChildren(kindLine(product))
    card.append(addButton(product))
  }
  sayWhy(element)
}

/** Writes the reasons on the cards; one that the card before gives already is not said again. */
function sayWhy(element: ShelfElement): void {
  let before = ''
  for (const { id, evidence } of element.recommendation?.items ?? []) {
    const card = element.querySelector(`[data-sotto-item="${CSS.escape(id)}"] .card`)
    const why = whyLine(evidence)
    const text = why?.textContent ?? ''
    card?.querySelector('.why')?.remove()
    if (why && text !== before) card?.querySelector('.card__link')?.after(why)
    before = text
  }
}
