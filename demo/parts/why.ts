import type { Because, EventName, Evidence } from 'sotto'
import { h } from '../dom/element'
import { inCommon } from './in-common'

/** One sentence, in the visitor's words, on why a product stands in a shelf. */
export function whyText({ kind, because, words, categories }: Evidence): string {
  const first = because[0]
  switch (kind) {
    case 'history':
      return first ? `Because you ${deed({ event: first.event, title: shortened(first.title) })}` : 'Close to what you looked at'
    case 'item':
      if (words.length > 0) return `Shares “${firstOf(words)}”`
      return categories.length > 0 ? `Also in ${categories.at(-1)}` : 'Close in meaning'
    case 'query':
      return words.length > 0 ? `Has “${firstOf(words)}”` : 'Close in meaning'
    case 'together':
      return 'Others ordered both kinds'
    case 'trending':
      return 'Wanted more than usual'
    case 'new':
      return 'New in the shop'
    case 'recent':
      return 'You looked at this'
    case 'popular':
      return 'Popular with everyone'
    default:
      return kind satisfies never
  }
}

const firstOf = (words: readonly string[]) => inCommon([], words).slice(0, 3).join(', ')

const SHORT = 40 // characters of a title that leave room for the verb in a narrow card

function shortened(title: string): string {
  return title.length <= SHORT ? title : `${title.slice(0, title.lastIndexOf(' ', SHORT)).replace(/[\s,;–-]+$/, '')}…`
}

/**
 * The same as a line of a card; `undefined` where the shelf's heading says it already. Yellow is the shop's colour for what was chosen
 * for this visitor, so only that is marked.
 */
export function whyLine(evidence: Evidence): HTMLElement | undefined {
  if (['popular', 'recent', 'together', 'trending', 'new'].includes(evidence.kind)) return undefined
  return h('p', { class: evidence.kind === 'history' ? 'why why--own' : 'why' }, whyText(evidence))
}

/** What each event of this shop is called, with a place for the product. */
const DEEDS: Partial<Record<EventName, (title: string) => string>> = {
  view_item: (title) => `looked at ${title}`,
  select_item: (title) => `chose ${title}`,
  add_to_cart: (title) => `put ${title} in your cart`,
  view_cart: (title) => `had ${title} in your cart`,
  begin_checkout: (title) => `were about to buy ${title}`,
  purchase: (title) => `bought ${title}`,
}

/** What was done with an item, as it follows "you". */
export function deed({ event, title }: Pick<Because, 'event' | 'title'>): string {
  return DEEDS[event]?.(title) ?? `came across ${title}`
}
