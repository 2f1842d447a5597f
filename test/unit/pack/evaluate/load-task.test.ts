import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { EvaluationCase, EvaluationSlice } from '../../../../pack/evaluate/evaluation-task'
import { loadTask } from '../../../../pack/evaluate/load-task'
import type { InteractionLog } from '../../../../pack/learn/interaction-log'
import { temporaryFolder } from './temporary-folder'

/** A log as its sequences. */
const sequencesOf = ({ starts, items }: InteractionLog) =>
  Array.from({ length: starts.length - 1 }, (_, sequence) => [...items.subarray(starts[sequence], starts[sequence + 1])])
const plain = ({ visit, targets }: EvaluationCase) => [[...visit.items], [...targets]]
const plainSlices = (slices: readonly EvaluationSlice[] = []) =>
  slices.map(({ log, cases }) => ({ log: sequencesOf(log), cases: cases.map(plain) }))

describe('leave-one-out', () => {
  const items = [
    '{"id": 7, "title": "Red pot", "attrs": [4, 5], "brand": "Fir"}',
    'broken',
    '{"id": "8", "keywords": "blue pan", "description": "Deep."}',
    '{"title": "no id"}',
  ].join('\n')

  test('the last is the test, the one before it the validation, the rest is learned', async () => {
    const folder = temporaryFolder({ 'my-sequences-2.txt.gz': 'u1 7 8 9 10\nu2 8 7\nu3 9 7 8\nu4\n', 'items.jsonl': items })
    const { task, dataset } = await loadTask(folder, 'leave-one-out')
    expect(dataset.itemIds).toEqual(['7', '8', '9', '10'])
    expect(task.texts).toEqual([
      { title: 'Red pot', attributes: ['4', '5', 'Fir'] },
      { title: 'blue pan', attributes: [], description: 'Deep.' },
      { title: '', attributes: [] },
      { title: '', attributes: [] },
    ])
    expect(dataset.dropped).toEqual({ 'item line is no JSON object with an id': 2, 'user without items': 1 })
    expect(task.excludesSeen).toBe(true)
    expect(task.itemCount).toBe(4)
    const log = [[0, 1], [1, 0], [2]]
    expect(plainSlices(task.validation)).toEqual([
      {
        log,
        cases: [
          [[0, 1], [2]],
          [[2], [0]],
        ],
      },
    ])
    const cases = [
      [[0, 1, 2], [3]],
      [[2, 0], [1]],
    ]
    expect(plainSlices(task.test)).toEqual([{ log, cases }])
    expect(plainSlices(task.retrained)).toEqual([
      {
        log: [
          [0, 1, 2],
          [1, 0],
          [2, 0],
        ],
        cases,
      },
    ])
  })

  test('without words, with spaces and line ends of every kind', async () => {
    const folder = temporaryFolder({ 'sequences.txt': ' u1\t1  2 3 \r\n\r\nu2 3' })
    const { task } = await loadTask(folder, 'leave-one-out')
    expect(task.texts).toBeUndefined()
    expect(sequencesOf(task.test[0]!.log)).toEqual([[0], [2]])
  })
})

describe('sessions', () => {
  test('all sessions are learned from for the test; the last are held out for the validation', async () => {
    const train = Array.from({ length: 40 }, (_, session) => (session === 39 ? '1 2 1' : session === 38 ? '2 1' : '1 2'))
    const folder = temporaryFolder({ 'big_train_sessions.txt.gz': train.join('\n'), 'test-prefixes.txt': '1 2\t3\n2\t1\nbroken\n1\t2 3\n' })
    const { task, dataset } = await loadTask(folder, 'sessions')
    expect(task.excludesSeen).toBe(false)
    expect(task.itemCount).toBe(3)
    expect(dataset.dropped).toEqual({ 'test line is not prefix, tab, next item': 2 })
    const [validation] = plainSlices(task.validation)
    expect(validation?.log).toEqual(Array.from({ length: 38 }, () => [0, 1]))
    // Of sessions 38 and 39 every step.
    expect(validation?.cases).toEqual([
      [[1], [0]],
      [[0], [1]],
      [[0, 1], [0]],
    ])
    const [asked] = plainSlices(task.test)
    expect(asked?.log).toHaveLength(40)
    expect(asked?.cases).toEqual([
      [[0, 1], [2]],
      [[1], [0]],
    ])
    expect(task.retrained).toBeUndefined()
  })
})

describe('next basket', () => {
  const HEADER = 'InvoiceNo\tStockCode\tDescription\tQuantity\tInvoiceDate\tUnitPrice\tCustomerID\tCountry'
  const row = (invoice: string, code: string, date: string, customer: string, more: { quantity?: number; price?: number } = {}) =>
    [invoice, code, `Item ${code}`, more.quantity ?? 1, date, more.price ?? 1.5, customer, 'France'].join('\t')
  const table = (...rows: string[]) => ({ 'shop.tsv.gz': [HEADER, ...rows].join('\n'), 'notes.txt': 'no table' })

  test('is cleaned as it says, and counted', async () => {
    const folder = temporaryFolder(
      table(
        row('1', '10000', '2020-01-01T08:00', 'a'),
        row('1', '10000', '2020-01-01T08:01', 'a'),
        row('1', '10001B', '2020-01-01T08:00', 'a'),
        row('C2', '10000', '2020-01-02T08:00', 'a', { quantity: -1 }),
        row('3', '10000', '2020-01-03T08:00', ''),
        row('4', '10000', '2020-01-03T08:00', 'a', { quantity: 0 }),
        row('5', '10000', '2020-01-03T08:00', 'a', { price: 0 }),
        row('6', 'POST', '2020-01-03T08:00', 'a'),
        row('7', '10000', 'some day', 'a'),
        row('8', '10002', '2020-01-04 08:00', 'b'),
      ),
    )
    const { dataset } = await loadTask(folder, 'next-basket')
    expect(dataset.dropped).toEqual({
      cancellation: 1,
      'no customer': 1,
      'quantity not above 0': 1,
      'price not above 0': 1,
      'not a product': 1,
      'no invoice number or no readable date': 1,
    })
    expect(dataset.itemIds).toEqual(['10000', '10001B', '10002'])
    expect(sequencesOf(dataset.log)).toEqual([[0, 1], [2]])
    expect(dataset.log.times?.[0]).toBe(Date.UTC(2020, 0, 1, 8))
    expect(dataset).toMatchObject({ counts: { rows: 10, cleanRows: 4, customers: 2, items: 3, invoices: 2, mergedRows: 3 } })
    expect(dataset.texts?.[1]).toEqual({ title: 'Item 10001B', attributes: [] })
  })

  test('asks for what the last basket brings that is new, with all invoices before it as the visit', async () => {
    const folder = temporaryFolder(
      table(
        // Out of order in the file; the third is the last by time.
        row('1', '10001', '2020-01-01T08:00', 'a'),
        row('1', '10002', '2020-01-01T08:00', 'a'),
        row('3', '10001', '2020-03-01T08:00', 'a'),
        row('3', '10004', '2020-03-01T08:00', 'a'),
        row('2', '10003', '2020-02-01T08:00', 'a'),
        // Nothing new: not asked about. One invoice only: neither.
        row('4', '10001', '2020-01-05T08:00', 'b'),
        row('5', '10001', '2020-01-06T08:00', 'b'),
        row('6', '10001', '2020-01-07T08:00', 'c'),
      ),
    )
    const { task } = await loadTask(folder, 'next-basket')
    const [one, two, four, three] = [0, 1, 2, 3]
    expect(task.test).toHaveLength(1)
    const [asked] = task.test[0]!.cases
    expect(plain(asked!)).toEqual([[one, two, three], [four]])
    expect(asked!.visit.now).toBe(Date.UTC(2020, 2, 1, 8))
    expect([...asked!.visit.times!]).toEqual([Date.UTC(2020, 0, 1, 8), Date.UTC(2020, 0, 1, 8), Date.UTC(2020, 1, 1, 8)])
    // The last known basket.
    expect(asked!.visit.sessionStart).toBe(2)
    // The validation asks for the one before it; customer b has none with an invoice before that.
    expect(task.validation.map(({ cases }) => cases.map(plain))).toEqual([[[[one, two], [three]]]])
  })

  test('learns from nothing at or after the target, nor within its slice of time', async () => {
    const day = (number: number) => new Date(Date.UTC(2020, 0, 1) + number * 86_400_000).toISOString().slice(0, 16)
    const rows = Array.from({ length: 60 }, (_, customer) =>
      [0, 3, 5].map((step) =>
        row(`${customer}-${step}`, String(10_000 + ((customer * 7 + step) % 40)), day(customer * 2 + step * 6), `c${customer}`),
      ),
    ).flat()
    const { task } = await loadTask(temporaryFolder(table(...rows)), 'next-basket')
    for (const slices of [task.validation, task.test]) {
      expect(slices.length).toBeGreaterThan(3)
      for (const { log, cases } of slices) {
        const earliest = Math.min(...cases.map(({ visit }) => visit.now!))
        const latest = Math.max(...cases.map(({ visit }) => visit.now!))
        const learned = log.times!.reduce((most, time) => Math.max(most, time), Number.NEGATIVE_INFINITY)
        expect(learned).toBeLessThan(earliest)
        expect(latest - earliest).toBeLessThan(35 * 86_400_000)
      }
      // What came before is learned from, if it is old enough: sequences keep their customers.
      expect(slices.at(-1)!.log.starts).toHaveLength(61)
      expect(slices.at(-1)!.log.items.length).toBeGreaterThan(100)
    }
  })

  test('of two invoices at one moment neither is known before the other', async () => {
    const folder = temporaryFolder(
      table(
        row('1', '10001', '2020-01-01T08:00', 'a'),
        row('2', '10002', '2020-02-01T08:00', 'a'),
        row('3', '10003', '2020-02-01T08:00', 'a'),
      ),
    )
    const { task } = await loadTask(folder, 'next-basket')
    expect(task.test.flatMap(({ cases }) => cases.map(plain))).toEqual([[[0], [2]]])
  })
})

describe('what cannot be read', () => {
  test.each([
    ['leave-one-out', /expects \*sequences\*\.txt.*holds a\.csv, b\.tsv/],
    ['sessions', /expects \*train\*sessions\*.*holds a\.csv, b\.tsv/],
    ['next-basket', /header names InvoiceNo, StockCode.*holds a\.csv, b\.tsv/],
  ] as const)('a folder without the files for %s: what was expected and what is there', async (protocol, message) => {
    const folder = temporaryFolder({ 'a.csv': 'x', 'b.tsv': 'user\titem\n' })
    await expect(loadTask(folder, protocol)).rejects.toThrow(message)
  })

  test('an empty folder, and none', async () => {
    await expect(loadTask(temporaryFolder({}), 'sessions')).rejects.toThrow(/holds nothing/)
    await expect(loadTask('/no/such/folder', 'sessions')).rejects.toThrow(/--data \/no\/such\/folder cannot be read/)
  })

  test('a packed file that was cut short', async () => {
    const folder = temporaryFolder({ 'sequences.txt.gz': Array.from({ length: 5000 }, (_, user) => `u${user} 1 ${user} 3`).join('\n') })
    const path = join(folder, 'sequences.txt.gz')
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, whole.length / 2))
    await expect(loadTask(folder, 'leave-one-out')).rejects.toThrow(/sequences\.txt\.gz cannot be read/)
  })
})
