import type { RecommendedItem } from '../shared/recommendation'
import { type CardTexts, cardTexts, type Wording } from './card-texts'
import { defaultCard } from './default-card'
import { choosePicture } from './picture'
import { safeUrl } from './safe-url'
import { bindTemplate } from './template-binding'

/** One result as the page shows it. */
export type Card = {
  readonly node: HTMLLIElement
  /** Two results with the same print look the same, so that the card can stay. */
  readonly print: string
  /** Address of the picture, to be revoked when the card is dropped. */
  readonly picture: string | undefined
}

/** What all cards of a shelf have in common. */
export type CardStyle = {
  /** The site's, or `null` for the default card. */
  readonly template: HTMLTemplateElement | null
  readonly wording: Wording
  /** Called on a click or key press on a card; `event.preventDefault()` keeps the browser from following the link. */
  readonly select: (node: HTMLLIElement, event: Event) => void
}

function cloneTemplate(template: HTMLTemplateElement): HTMLLIElement {
  // Frameworks that build a <template> by DOM calls put its children beside the content instead of into it.
  const source = template.content.childElementCount ? template.content : template
  const clones = [...source.childNodes].map((node) => document.importNode(node, true))
  const elements = clones.filter((node) => node instanceof Element)
  const [only] = elements
  if (elements.length === 1 && only instanceof HTMLLIElement) return only
  const item = document.createElement('li')
  item.append(...clones)
  return item
}

/** What a result will look like, without building it. */
function printOf({ item, thumbnail }: RecommendedItem, texts: CardTexts): string {
  return JSON.stringify([texts, item.url, item.image, thumbnail?.type, thumbnail?.bytes.length])
}

/**
 * Makes the card of one result, or keeps the old one where nothing visible changed.
 *
 * @param old the card that shows the same item now, if there is one. If another comes back, the caller revokes the old one's picture.
 */
export function makeCard(result: RecommendedItem, { template, wording, select }: CardStyle, old?: Card): Card {
  const texts = cardTexts(result, wording)
  const print = printOf(result, texts)
  if (old?.print === print) return old
  const base = document.baseURI
  const picture = choosePicture(result, base)
  const node = template ? cloneTemplate(template) : defaultCard(result.item.title)
  bindTemplate(node, { texts, url: safeUrl(result.item.url, base), image: picture })
  node.dataset.sottoItem = result.id
  const target = node.querySelector('a[data-sotto-href]') ?? node
  target.addEventListener('click', (event) => select(node, event))
  target.addEventListener('auxclick', (event) => {
    // The middle button opens the link in a new tab; the right one only opens a menu.
    if (event instanceof MouseEvent && event.button === 1) select(node, event)
  })
  return { node, print, picture }
}
