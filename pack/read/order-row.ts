import { columnName } from './table-rows'

/** What a row of a log says, and under which names it may say so; the first that a row has counts. */
const NAMES = {
  user: [
    'user',
    'user_id',
    'userid',
    'customer',
    'customer_id',
    'customerid',
    'visitor',
    'visitor_id',
    'visitorid',
    'client_id',
    'user_pseudo_id',
  ],
  session: ['session', 'session_id', 'sessionid', 'ga_session_id', 'order', 'order_id', 'invoice', 'invoiceno', 'transaction_id', 'basket'],
  item: ['item', 'item_id', 'itemid', 'product', 'product_id', 'productid', 'sku', 'stockcode'],
  time: ['time', 'timestamp', 'event_time', 'event_timestamp', 'date', 'datetime', 'created_at', 'invoicedate'],
  event: ['event', 'event_name', 'event_type', 'action'],
  quantity: ['quantity', 'qty'],
  price: ['price', 'unit_price', 'unitprice'],
} as const
type Field = keyof typeof NAMES

/** A row of a log by its meaning; texts as they stand in the file. */
export type OrderRow = Readonly<Partial<Record<Field, string>>>

/** Which column holds which meaning. */
export type OrderColumns = Readonly<Partial<Record<Field, string>>>

/** @param columns names in any spelling. */
export function orderColumns(columns: readonly string[]): OrderColumns {
  const byName = new Map(columns.map((column) => [columnName(column), column]))
  const found: Partial<Record<Field, string>> = {}
  for (const field of Object.keys(NAMES) as Field[]) {
    // its own keys
    const name = NAMES[field].find((known) => byName.has(known))
    if (name !== undefined) found[field] = byName.get(name)!
  }
  return found
}

/** @param record a row by its columns, values of any kind. Empty ones are left out. */
export function orderRow(record: Readonly<Record<string, unknown>>, columns: OrderColumns): OrderRow {
  const row: Partial<Record<Field, string>> = {}
  for (const field in columns) {
    const value = record[columns[field as Field]!] // its own keys
    const text = typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : ''
    if (text !== '') row[field as Field] = text
  }
  return row
}
