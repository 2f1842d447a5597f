import { isRecord } from '../../worker/text/is-record'
import type { NumberStyle } from './number-style'
import { readPrice } from './read-price'

type Fields = Readonly<Record<string, unknown>>

/** What else feeds call the fields of an item: Google Merchant's names and GA4's; the first that is there counts. */
const ALIASES: Readonly<Record<string, readonly string[]>> = {
  id: ['item_id', 'sku'],
  title: ['item_name', 'name', 'headline'],
  brand: ['item_brand', 'vendor', 'manufacturer'],
  image: ['image_link', 'image_url'],
  url: ['link'],
  groupId: ['groupid', 'item_group_id'],
  published: ['published_at', 'date_published', 'datePublished'],
  tags: ['keywords'],
}
/** Columns that say more of an item. */
const ATTRIBUTES = [
  ...['color', 'size', 'material', 'pattern', 'gender', 'age_group', 'condition', 'item_variant', 'gtin', 'mpn'],
  ...['custom_label_0', 'custom_label_1', 'custom_label_2', 'custom_label_3', 'custom_label_4'],
]
/** What an entry takes its price, categories and availability from, and what it has under its own name. */
const OTHERS = [
  ...['description', 'categories', 'price', 'sale_price', 'currency', 'available', 'availability', 'attributes'],
  ...['product_type', 'category', 'google_product_category'],
]
const GA4_CATEGORIES = ['item_category', 'item_category2', 'item_category3', 'item_category4', 'item_category5']

const KNOWN: ReadonlySet<string> = new Set([
  ...Object.entries(ALIASES).flatMap(([field, names]) => [field, ...names]),
  ...ATTRIBUTES,
  ...OTHERS,
  ...GA4_CATEGORIES,
])

/** Whether anything is taken from a column of that name (in the spelling of `columnName`), or field. */
export function isKnownField(name: string): boolean {
  return KNOWN.has(name)
}

/**
 * An entry of a catalog, made of a row of a feed, whatever of the known names its columns have. What is in the form of an item already stays
 * as it is; whether it is one is for `cleanItem` to say.
 */
export function entryOfRecord(record: Fields, style: NumberStyle): Fields {
  const entry: Record<string, unknown> = { ...record }
  for (const [field, names] of Object.entries(ALIASES)) entry[field] = first(record, [field, ...names])
  // An address by itself, where a feed has a list of them.
  for (const field of ['image', 'url']) if (Array.isArray(entry[field])) entry[field] = entry[field].find((one) => typeof one === 'string')
  Object.assign(entry, pricesOf(record, style))
  entry.categories = first(record, ['categories']) ?? categoriesOf(record)
  entry.available = availability(first(record, ['available', 'availability']))
  entry.attributes = attributesOf(record)
  return entry
}

function first(record: Fields, names: readonly string[]): unknown {
  return names.map((name) => record[name]).find((value) => value !== undefined && value !== null && value !== '')
}

/** The price of a sale, where there is one. A text that is no price stays, to be counted as impossible. */
function pricesOf(record: Fields, style: NumberStyle): Fields {
  const texts = [record.sale_price, record.price].filter((text) => typeof text === 'string' && text !== '') as string[] // as filtered
  const prices = texts.flatMap((text) => readPrice(text, style) ?? [])
  const [price] = prices
  if (!price) return {}
  return { price: price.price, currency: first(record, ['currency']) ?? price.currency }
}

/** Google's own taxonomy only where the shop gives none: as text, since its numbers mean nothing to a reader. */
function categoriesOf(record: Fields): unknown {
  const path = [record.product_type, record.category, record.google_product_category].flat()
  const text = path.find((one) => typeof one === 'string' && one !== '' && !/^\d+$/.test(one))
  return text ?? GA4_CATEGORIES.map((name) => record[name]).filter((name) => typeof name === 'string' && name !== '')
}

/** `in_stock`, `in stock`, `https://schema.org/InStock`, `true`, `1` and the like. What can be ordered later is available. */
function availability(value: unknown): unknown {
  if (typeof value !== 'string' && typeof value !== 'number') return value
  const word = String(value)
    .toLowerCase()
    .replace(/^.*\//, '')
    .replace(/[\s_-]+/g, '')
  if (['instock', 'true', '1', 'yes', 'preorder', 'backorder', 'limitedavailability', 'instoreonly', 'onlineonly'].includes(word))
    return true
  if (['outofstock', 'soldout', 'discontinued', 'false', '0', 'no'].includes(word)) return false
  return value
}

function attributesOf(record: Fields): unknown {
  const found = ATTRIBUTES.flatMap((name) => {
    const value = [record[name]].flat()[0]
    return typeof value === 'string' && value !== '' ? [[name, value]] : []
  })
  if (record.attributes !== undefined && !isRecord(record.attributes)) return record.attributes
  return found.length > 0 ? { ...Object.fromEntries(found), ...record.attributes } : record.attributes
}
