import { SottoError } from '../../src/shared/errors'
import { isRecord } from '../../worker/text/is-record'
import { entryOfRecord, isKnownField } from './entry-of-record'
import { merchantRecords } from './merchant-records'
import { numberStyle } from './number-style'
import { type FileRecord, jsonRecords } from './record-batches'
import { isShopifyProduct, shopifyEntry } from './shopify-entry'
import { columnName, createTableReader } from './table-rows'
import { textChunks } from './text-chunks'
import type { OddEncoding } from './text-stream'

/** To be read by people. */
const MOST_COLUMNS = 30

/** What a feed was recognised as. */
export type FeedKind = 'JSON' | 'JSON Lines' | 'table' | 'Merchant RSS' | 'Shopify products'

/** Entries of a catalog, of unknown quality, in the order of the feed. */
export type Feed = {
  readonly kind: FeedKind
  /** A broken row is in its place as `undefined`. */
  readonly entries: readonly unknown[]
  /** Columns, or fields of entries, that nothing is taken from, as the feed spells them; the first 30. */
  readonly unknownColumns: readonly string[]
  /** Absent where it is sound UTF-8 or UTF-16. */
  readonly encoding?: OddEncoding
}

/**
 * Reads a product feed, gzip allowed; what it is, its content tells: JSON (a list, or `{items}`), JSON Lines, CSV or TSV with a header
 * (Google Merchant's columns, GA4's or an item's own), Google Merchant RSS 2.0 or Atom, Shopify's `products.json`.
 * @param options.locale how ambiguous prices are written; see `numberStyle`.
 * @param options.onBytes told how many bytes of the file were read, piece by piece.
 * @throws SottoError `catalog-failed` where it is none of these or empty; `invalid-argument` where the file cannot be read.
 */
export async function readFeed(
  path: string,
  { locale, onBytes }: { readonly locale?: string | undefined; readonly onBytes?: (count: number) => void } = {},
): Promise<Feed> {
  const chunks: string[] = []
  let encoding: OddEncoding | undefined
  for await (const chunk of textChunks(path, onBytes, (odd) => {
    encoding = odd
  }))
    chunks.push(chunk)
  const text = chunks.join('')
  const style = numberStyle(locale)
  const entryOf = (record: FileRecord) => record && (isShopifyProduct(record) ? shopifyEntry(record) : entryOfRecord(record, style))
  const { kind, records, header } = recognise(path, text)
  const entries = records.map((record) => (isRecord(record) ? entryOf(record) : record))
  if (entries.length === 0) throw failed(path, 'holds no entry; a feed needs at least one item', 'empty')
  const isShopify = records.some(isShopifyProduct)
  const names = header ?? (isShopify ? [] : fieldsOf(records))
  const unknownColumns = names.filter((name) => name !== '' && !isKnownField(header ? columnName(name) : name)).slice(0, MOST_COLUMNS)
  return { kind: isShopify ? 'Shopify products' : kind, entries, unknownColumns, ...(encoding && { encoding }) }
}

function fieldsOf(records: readonly unknown[]): readonly string[] {
  const names = new Set<string>()
  for (const record of records) if (isRecord(record)) for (const name in record) names.add(name)
  return [...names]
}

type Recognised = {
  readonly kind: FeedKind
  readonly records: readonly unknown[]
  /** Of a table, as it spells it. */
  readonly header?: readonly string[]
}

function recognise(path: string, text: string): Recognised {
  const start = text.trimStart().slice(0, 200)
  if (start === '') throw failed(path, 'is empty; a feed needs at least one item', 'empty')
  if (/^<(!doctype html|html)/i.test(start))
    throw failed(path, 'is a web page, not a feed; check where it was downloaded from', 'not-a-feed')
  if (start.startsWith('<')) return { kind: 'Merchant RSS', records: merchantRecords(text) }
  if (start.startsWith('[') || start.startsWith('{')) return json(path, text)
  const table = createTableReader()
  const records = [...table.add(text.split(/\r?\n/)), ...table.end()]
  return { kind: 'table', records, header: table.header }
}

function json(path: string, text: string): Recognised {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    const records = text.trimStart().startsWith('{') ? jsonRecords(text.split('\n')) : []
    if (records.some((record) => record)) return { kind: 'JSON Lines', records }
    throw failed(path, `is not JSON (${cause instanceof Error ? cause.message : cause}); it may be cut short`, 'not-json', cause)
  }
  const list = isRecord(value) ? (value.items ?? value.products ?? [value]) : value
  if (!Array.isArray(list)) throw failed(path, 'is JSON, but neither a list of items nor {"items": […]}', 'not-a-list')
  return { kind: 'JSON', records: list }
}

function failed(path: string, what: string, reason: string, cause?: unknown): SottoError {
  return new SottoError('catalog-failed', `${path} ${what}`, { reason }, { cause })
}
