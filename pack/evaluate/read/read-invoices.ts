import { SottoError } from '../../../src/shared/errors'
import type { ItemText } from '../../learn/learner'
import type { Dataset } from './dataset'
import { Drops } from './drops'
import { LogBuilder } from './log-builder'
import { readLines } from './read-lines'
import { RowNumbers } from './row-numbers'

/** The columns of invoices, by tabs; others may stand beside them, in any order. */
export const INVOICE_COLUMNS = ['InvoiceNo', 'StockCode', 'Description', 'Quantity', 'InvoiceDate', 'UnitPrice', 'CustomerID'] as const
type Column = (typeof INVOICE_COLUMNS)[number]

/** Stock codes of products begin with five digits; others are postage, fees, samples and corrections. */
const PRODUCT = /^\d{5}/
const ZONE = /(Z|[+-]\d\d:?\d\d)$/

type Invoice = { readonly timeMs: number; readonly place: number; readonly items: Set<number> }

/** What was read of invoices, and how much of it there is. */
export type InvoiceDataset = Dataset & {
  readonly counts: {
    /** Lines of the file under its header. */
    readonly rows: number
    /** Of products sold to known customers. */
    readonly cleanRows: number
    readonly customers: number
    readonly items: number
    readonly invoices: number
    /** Rows after those of one invoice and item became one. */
    readonly mergedRows: number
  }
}

/**
 * Reads invoices and cleans them: cancellations (their number begins with C), rows without a customer, with a quantity or price of 0 or less
 * or with a stock code that is no product are left out; rows of one invoice and item become one. A sequence is a customer; a basket is an
 * invoice, at the earliest time that it names; invoices of the same time stand as in the file. Times without a zone are read as UTC.
 * @throws SottoError `invalid-argument` for a file that cannot be read, or whose header lacks a column.
 */
export async function readInvoices(path: string): Promise<InvoiceDataset> {
  const rows = new RowNumbers()
  const drops = new Drops()
  const texts: ItemText[] = []
  const customers = new Map<string, Map<string, Invoice>>()
  let cell: ((line: readonly string[], column: Column) => string) | undefined
  let rowCount = 0
  let cleanRows = 0
  for await (const line of readLines(path)) {
    const cells = line.split('\t')
    if (!cell) {
      cell = readerOf(path, cells)
      continue
    }
    rowCount++
    const number = cell(cells, 'InvoiceNo')
    const code = cell(cells, 'StockCode')
    const customer = cell(cells, 'CustomerID')
    const timeMs = timeOf(cell(cells, 'InvoiceDate'))
    if (number === '' || Number.isNaN(timeMs)) drops.add('no invoice number or no readable date')
    else if (/^c/i.test(number)) drops.add('cancellation')
    else if (customer === '') drops.add('no customer')
    else if (!(Number(cell(cells, 'Quantity')) > 0)) drops.add('quantity not above 0')
    else if (!(Number(cell(cells, 'UnitPrice')) > 0)) drops.add('price not above 0')
    else if (!PRODUCT.test(code)) drops.add('not a product')
    else {
      cleanRows++
      const item = rows.of(code)
      if (!texts[item]?.title) texts[item] = { title: cell(cells, 'Description'), attributes: [] }
      addTo(invoicesOf(customers, customer), number, timeMs, rowCount, item)
    }
  }
  if (!cell) throw new SottoError('invalid-argument', `${path} is empty; expected a header with ${INVOICE_COLUMNS.join(', ')}`)
  const log = new LogBuilder()
  let invoices = 0
  for (const bought of customers.values()) {
    const inOrder = [...bought.values()].sort((a, b) => a.timeMs - b.timeMs || a.place - b.place)
    invoices += inOrder.length
    log.add(
      inOrder.flatMap(({ items }) => [...items]),
      inOrder.flatMap(({ items, timeMs }) => Array.from(items, () => timeMs)),
      inOrder.flatMap(({ items }, basket) => Array.from(items, () => basket)),
    )
  }
  const built = log.build(rows.ids.length)
  const counts = {
    rows: rowCount,
    cleanRows,
    customers: customers.size,
    items: rows.ids.length,
    invoices,
    mergedRows: built.items.length,
  }
  return { log: built, itemIds: rows.ids, texts, dropped: drops.counts, test: [], counts }
}

/** Whether a line names all columns of invoices. */
export function isInvoiceHeader(line: string): boolean {
  const names = line.split('\t').map((name) => name.trim())
  return INVOICE_COLUMNS.every((column) => names.includes(column))
}

function readerOf(path: string, header: readonly string[]): (line: readonly string[], column: Column) => string {
  const names = header.map((name) => name.trim())
  const missing = INVOICE_COLUMNS.filter((column) => !names.includes(column))
  if (missing.length > 0) throw new SottoError('invalid-argument', `${path} has no column ${missing.join(', ')}; its header must name it`)
  const places = new Map(INVOICE_COLUMNS.map((column) => [column, names.indexOf(column)]))
  return (line, column) => line[places.get(column)!]?.trim() ?? ''
}

function timeOf(date: string): number {
  // Not the zone of the machine that reads: figures must be the same everywhere.
  return Date.parse(ZONE.test(date) ? date : `${date}${date.includes('T') ? 'Z' : ' UTC'}`)
}

function invoicesOf(customers: Map<string, Map<string, Invoice>>, customer: string): Map<string, Invoice> {
  const invoices = customers.get(customer) ?? new Map<string, Invoice>()
  customers.set(customer, invoices)
  return invoices
}

function addTo(invoices: Map<string, Invoice>, number: string, timeMs: number, place: number, item: number): void {
  const invoice = invoices.get(number)
  if (!invoice) invoices.set(number, { timeMs, place, items: new Set([item]) })
  else {
    invoice.items.add(item)
    if (timeMs < invoice.timeMs) invoices.set(number, { ...invoice, timeMs })
  }
}
