import type { RecommendedItem } from '../shared/recommendation'
import { formatPrice } from './format-price'

/** How the page wants its cards worded. */
export type Wording = {
  /** BCP 47 language of the page; empty: the browser's. */
  readonly locale: string
  /** Pattern of the reason, with `{title}` for the item it names; `null`: English, by what was done; empty: none. */
  readonly because: string | null
}

/** What `data-sotto-text` and `data-sotto-alt` can name. `kind` is the brand, else the narrowest category. */
export type CardTexts = Readonly<Record<'title' | 'description' | 'brand' | 'category' | 'kind' | 'price' | 'because', string | undefined>>

function becauseLine({ evidence }: RecommendedItem, pattern: string | null): string | undefined {
  const first = evidence.because[0]
  // Beside the item asked about, or in a list of what was looked at, the reason is plain.
  if (evidence.kind !== 'history' || !first) return undefined
  const deed = first.event === 'purchase' ? 'bought' : first.event === 'add_to_cart' ? 'chose' : 'looked at'
  return (pattern ?? `Because you ${deed} {title}`).replace('{title}', () => first.title)
}

/** Every text a card may show, as plain text; `undefined` or empty where the item has none. */
export function cardTexts(result: RecommendedItem, { locale, because }: Wording): CardTexts {
  const { title, description, brand, categories, price, currency } = result.item
  const category = categories.at(-1)
  return {
    title,
    description,
    brand,
    category,
    kind: brand || category,
    price: formatPrice(price, currency, locale),
    because: becauseLine(result, because),
  }
}
