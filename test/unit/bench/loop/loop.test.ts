import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { itemLoop } from '../../../../bench/loop/item-loop'
import { loop } from '../../../../bench/loop/loop'
import { retailOf } from '../../../../bench/loop/retail'
import { asTable } from '../../../../bench/support/report'
import { seededRandom } from '../../../../bench/support/seeded-random'
import { findData } from '../../../../pack/evaluate/read/find-data'
import { readInvoices } from '../../../../pack/evaluate/read/read-invoices'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const WEEK_MS = 7 * 86_400_000
const onProgress = () => {}

/** A data folder with invoices of so many customers. */
function dataOf(customers: number): string {
  const folder = file(`of-${customers}`)
  mkdirSync(join(folder, 'online-retail'), { recursive: true })
  file(`of-${customers}/online-retail/invoices.tsv`, invoices(customers))
  return folder
}

/** Customers who buy every other week or so: before the signals what stands first, after it what stands last. */
function invoices(customers: number): string {
  const random = seededRandom(2)
  const rows: string[] = []
  for (let week = 0; week < 30; week++) {
    for (let customer = 0; customer < customers; customer++) {
      if (random() < 0.5) continue
      const date = new Date(Date.UTC(2011, 0, 3) + week * WEEK_MS + Math.floor(random() * 5) * 86_400_000).toISOString()
      const wanted = new Set(Array.from({ length: 3 }, () => Math.floor(90 * random() ** 2)))
      for (const place of wanted) {
        const code = 10_000 + (week < 16 ? place : 89 - place)
        rows.push([`${week}-${customer}`, code, `Thing ${code} of kind ${code % 7}`, 1, date, 2.5, customer].join('\t'))
      }
    }
  }
  return ['InvoiceNo\tStockCode\tDescription\tQuantity\tInvoiceDate\tUnitPrice\tCustomerID', ...rows].join('\n')
}

function found(report: Awaited<ReturnType<typeof loop>>, table: number, ...names: readonly string[]) {
  const row = report.tables![table]!.rows.find((cells) => names.every((name, at) => cells[at] === name))
  return row!.map((cell) => Number.parseFloat(cell))
}

test('goes round: what is reported without privacy helps a shop whose orders are old, and the table says so', async () => {
  const report = await loop({ folder: dataOf(40), visitors: 100, runs: 1, customers: 40, onProgress })
  expect(report.name).toBe('loop')
  expect(report.faults).toEqual([])
  const shop = 'with orders until the first week'
  const [before] = found(report, 0, shop, 'no signals').slice(2)
  const [after, gain] = found(report, 0, shop, 'no privacy, 1000 items asked').slice(2)
  expect(gain).toBeGreaterThan(0.02)
  expect(after! - before!).toBeCloseTo(gain!, 3)
  expect(report.tables![0]!.rows).toHaveLength(21)
  // Two starts, two numbers of coordinates, four channels.
  expect(report.tables![1]!.rows).toHaveLength(16)
  expect(asTable(report)).toContain('The ranker learned together: NDCG@10')
})

test('is the same in every run, noise included', async () => {
  const { invoices: path } = (await findData(join(dataOf(20), 'online-retail'), 'next-basket')) as { readonly invoices: string } // what next baskets need
  const retail = retailOf(await readInvoices(path))
  const channels = [{ channel: { kind: 'local', epsilon: 2 }, listed: 20, times: 5 }] as const
  const run = () => itemLoop({ retail, visitors: 50, channels, runs: 1, onProgress })
  expect(run()).toEqual(run())
})

test('says what is missing where the data is not there', async () => {
  const report = await loop({ folder: file('nowhere'), onProgress })
  expect(report.tables).toEqual([])
  expect(report.isWithin).toBe(true)
  expect(asTable(report)).toMatch(/not run: there is no .*nowhere\/online-retail; SOTTO_DATA may name another folder/)
})
