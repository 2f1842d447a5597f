import type { Item, ItemProblem } from '../../src/shared/items'
import { MAX_ID_LENGTH, MAX_PRICE, MAX_TEXT_LENGTH } from '../../src/shared/limits'
import { isRecord } from '../text/is-record'

/** Deeper paths are breadcrumbs gone wrong. */
const MAX_CATEGORY_DEPTH = 10
const MAX_TAGS = 50
const MAX_ATTRIBUTES = 50
/** What servers and browsers accept everywhere. Characters. */
const MAX_URL_LENGTH = 2_000
/** A picture of about 20 KB written into the catalog. Characters. */
const MAX_DATA_URL_LENGTH = 30_000

/**
 * Makes an item of whatever a site calls one. Texts stay plain text, markup included: it is inert because it is only ever shown as text.
 * Ids may be numbers, prices numeric strings, dates ISO strings, categories `'A > B'`; what cannot be used is left out.
 * @param count told once for each thing left out or cut; without id or title, the item itself.
 * @returns a fresh object with known fields only, or `undefined` where there is no item in it.
 */
export function cleanItem(raw: unknown, count: (problem: ItemProblem) => void): Item | undefined {
  if (!isRecord(raw)) return void count('not-an-object')

  function text(value: unknown, cap = MAX_TEXT_LENGTH): string | undefined {
    if (value === undefined || value === null) return undefined
    if (typeof value !== 'string' && !Number.isFinite(value)) return void count('wrong-type')
    const trimmed = String(value).trim()
    if (trimmed.length <= cap) return trimmed || undefined
    count('over-long-text')
    return trimmed.slice(0, cap).replace(/[\ud800-\udbff]$/, '') // not half a character
  }
  function texts(value: unknown, separator: string, cap: number): string[] {
    const list = typeof value === 'string' ? value.split(separator) : (value ?? [])
    if (!Array.isArray(list)) {
      count('wrong-type')
      return []
    }
    return list.slice(0, cap).flatMap((entry) => text(entry) ?? [])
  }
  function address(value: unknown, mayHoldPicture: boolean): string | undefined {
    if (value === undefined || value === null || value === '') return undefined
    const url = typeof value === 'string' ? value.trim() : ''
    const isPicture = mayHoldPicture && /^data:image\//i.test(url)
    if (url && url.length <= (isPicture ? MAX_DATA_URL_LENGTH : MAX_URL_LENGTH) && (isPicture || isWebAddress(url))) return url
    return void count('unsafe-url')
  }
  function price(value: unknown): number | undefined {
    if (value === undefined || value === null || value === '') return undefined
    const number = typeof value === 'string' ? Number(value) : value
    return typeof number === 'number' && number >= 0 && number <= MAX_PRICE ? number : void count('impossible-price')
  }
  function flag(value: unknown): boolean | undefined {
    return value === undefined || value === null || typeof value === 'boolean' ? (value ?? undefined) : void count('wrong-type')
  }
  function time(value: unknown): number | undefined {
    if (value === undefined || value === null) return undefined
    const ms = typeof value === 'string' ? Date.parse(value) : value
    return typeof ms === 'number' && Number.isFinite(ms) ? ms : void count('wrong-type')
  }
  function currency(value: unknown): string | undefined {
    const code = text(value)?.toUpperCase()
    return code === undefined || /^[A-Z]{3}$/.test(code) ? code : void count('wrong-type')
  }
  function attributes(value: unknown): Item['attributes'] {
    if (value === undefined || value === null) return undefined
    if (!isRecord(value)) return void count('wrong-type')
    const kept = Object.entries(value)
      .slice(0, MAX_ATTRIBUTES)
      .flatMap(([name, entry]): [string, string | number | boolean][] => {
        const usable = typeof entry === 'boolean' || Number.isFinite(entry) ? (entry as number | boolean) : text(entry) // tested just before
        return usable === undefined ? [] : [[name.slice(0, MAX_ID_LENGTH), usable]]
      })
    return kept.length > 0 ? Object.fromEntries(kept) : undefined
  }

  const id = itemId(raw.id)
  if (id === undefined) return void count('without-id')
  const title = text(raw.title)
  if (title === undefined) return void count('without-title')
  const tags = texts(raw.tags, ',', MAX_TAGS)
  const found = {
    id,
    title,
    description: text(raw.description),
    categories: texts(raw.categories, '>', MAX_CATEGORY_DEPTH),
    brand: text(raw.brand),
    price: price(raw.price),
    currency: currency(raw.currency),
    image: address(raw.image, true),
    url: address(raw.url, false),
    available: flag(raw.available),
    published: time(raw.published),
    tags: tags.length > 0 ? tags : undefined,
    groupId: itemId(raw.groupId),
    attributes: attributes(raw.attributes),
  }
  for (const name of Object.keys(found) as (keyof typeof found)[]) if (found[name] === undefined) delete found[name] // its own keys
  return found as Item // every field was made to fit, and undefined ones are gone
}

/** Ids are kept one a line, so they have no line breaks. */
function itemId(value: unknown): string | undefined {
  const id = typeof value === 'number' && Number.isFinite(value) ? String(value) : typeof value === 'string' ? value.trim() : ''
  return id !== '' && id.length <= MAX_ID_LENGTH && !/[\n\r]/.test(id) ? id : undefined
}

/** The parser decides, not a pattern: it ignores tabs and line breaks inside `java\nscript:` just as a link does. */
function isWebAddress(url: string): boolean {
  try {
    return /^https?:$/.test(new URL(url, 'https://relative.invalid').protocol)
  } catch {
    return false
  }
}
