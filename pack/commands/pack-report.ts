import { PACK_FORMAT } from '../../worker/text/pack-version'
import type { Learned } from '../make/learn-parts'
import type { MadePack } from '../make/make-pack'
import { learnedFrom } from '../make/part-content'
import type { CountedBy, Orders } from '../read/read-orders'
import type { EntryVectors } from '../read/read-vectors'
import type { OddEncoding } from '../read/text-stream'
import { estimateFacts, estimateLines } from './estimates-report'
import { type PackWeight, weigh, weightLines } from './pack-weight'
import type { ReadItems } from './read-items'
import { count, many, manyEntries, reasons } from './words'

/** What a command tells when it is done: for people a line each, for programs as plain data. */
export type Report = { readonly lines: readonly string[]; readonly facts: Readonly<Record<string, unknown>> }

type PackReportInput = {
  readonly out: string
  readonly feed: string
  readonly read: ReadItems
  readonly ordersPath: string | undefined
  readonly orders: Orders | undefined
  /** Where estimates came from; absent where there were none. */
  readonly estimates: string | undefined
  readonly vectors: EntryVectors | undefined
  readonly made: MadePack
  readonly support: number
}

/** What became of a feed and of orders, and what the pack weighs. */
export function packReport({ out, feed, read, ordersPath = '', orders, estimates = '', vectors, made, support }: PackReportInput): Report {
  const { kind, entries, items, leftOut, flaws, unknownColumns, encoding } = read
  const weight: PackWeight = weigh(made.core, made.opened, made.files)
  const facts = {
    out,
    format: PACK_FORMAT,
    feed: { path: feed, kind, entries: entries.length, leftOut, flaws, unknownColumns, ...(encoding && { encoding }) },
    items: items.length,
    ...(orders && { orders: orderFacts(ordersPath, orders) }),
    ...estimateFacts(estimates, made),
    ...learnedFacts(made.learned, support, orders?.countedBy),
    vectorsOf: { kinds: made.vectors.kinds, trials: made.vectors.trials },
    ...(vectors && { vectors: { missing: vectors.missing, unknown: vectors.unknown } }),
    weight,
  }
  const lines = [
    `${out}: ${many(items.length, 'item')}`,
    `${feed}: ${kind}, ${manyEntries(entries.length)}`,
    ...encodingLine(encoding),
    ...(unknownColumns.length > 0 ? [`  columns not understood: ${unknownColumns.join(', ')}`] : []),
    ...reasonLine('left out', leftOut),
    ...reasonLine('fields cut or left out', flaws),
    ...(vectors ? [`  items without a vector: ${count(vectors.missing)}, vectors without an item: ${count(vectors.unknown)}`] : []),
    ...vectorLines(made.vectors),
    ...(orders ? orderLines(ordersPath, orders) : []),
    ...estimateLines(estimates, made, orders !== undefined),
    ...learnedLines(made.learned, support, orders?.countedBy),
    ...weightLines(weight),
  ]
  return { lines, facts }
}

/** Whose vectors a pack holds, and where that was decided by the orders, how good each kind is. */
function vectorLines({ kinds, trials }: MadePack['vectors']): readonly string[] {
  const sorted = [...trials].sort((a, b) => b.quality - a.quality)
  const qualities = sorted.map(({ kinds: mixed, quality }) => `${mixed.join(' and ')} ${quality.toFixed(4)}`)
  const isSearchable = kinds.length === 1 && kinds[0] === 'encoder'
  return [
    `Vectors: of ${kinds.join(' and ')}${isSearchable ? '' : '; text search needs those of the encoder alone (--vectors-of encoder)'}`,
    ...(qualities.length > 0 ? [`  by themselves, NDCG@10 of what visitors chose next: ${qualities.join(', ')}`] : []),
  ]
}

/** What became of a file of orders. */
export function orderFacts(path: string, { log: _, ...facts }: Orders) {
  return { path, ...facts }
}

/** The same for people, a line each. */
export function orderLines(path: string, orders: Orders): readonly string[] {
  const { rows, used, visitors, countedBy, dropped, reordered, unknownEvents, encoding } = orders
  return [
    `${path}: ${many(rows, 'row')}, ${count(used)} used, of ${counted(visitors, countedBy)}`,
    ...encodingLine(encoding),
    ...reasonLine('left out', dropped),
    ...reasonLine('events not known, each counted as a view', unknownEvents),
    ...(reordered > 0 ? [`  put in order of time: ${many(reordered, 'row')}`] : []),
  ]
}

/** What was learned, if anything was to be. */
export function learnedFacts({ parts, without }: Learned, support: number, countedBy: CountedBy = 'visitors') {
  if (parts.length + without.length === 0) return {}
  const models = parts.map(({ model }) => model)
  return { learned: { support, countedBy, models, fromItems: models.filter((model) => learnedFrom(model) !== 'orders'), without } }
}

/** The same for people, a line each. */
export function learnedLines({ parts, without }: Learned, support: number, countedBy: CountedBy = 'visitors'): readonly string[] {
  if (parts.length + without.length === 0) return []
  const models = parts.map(({ model }) => model)
  return [
    ...sourceLines(models, support, countedBy).map((line) => line.replace(/^from/, 'Learned from')),
    ...(without.length > 0 ? [`Too little to learn from: ${without.join(', ')}`] : []),
  ]
}

/** Which models rest on visitors, and which on the items alone, a line each. */
export function sourceLines(models: readonly string[], support: number | undefined, countedBy: CountedBy): readonly string[] {
  const sources = {
    orders: support === undefined ? 'orders' : `at least ${counted(support, countedBy)}`,
    texts: "the items' texts",
    vectors: "the items' vectors",
  }
  return Object.entries(sources).flatMap(([source, name]) => {
    const names = models.filter((model) => learnedFrom(model) === source)
    return names.length > 0 ? [`from ${name}: ${names.join(', ')}`] : []
  })
}

/** @param number of visitors, or of sessions, which are then said to be weaker. */
export function counted(number: number, by: CountedBy): string {
  return by === 'visitors'
    ? many(number, 'visitor')
    : `${many(number, 'session')} (no column tells the user: several may be one customer's)`
}

function encodingLine(encoding: OddEncoding | undefined): readonly string[] {
  switch (encoding) {
    case undefined:
      return []
    case 'windows-1252':
      return ['  WARNING: it is not UTF-8; read as windows-1252 (Latin-1): check letters such as ä and é']
    case 'damaged UTF-8':
      return ['  WARNING: letters in it are no UTF-8: they are left as \ufffd']
    default:
      return encoding satisfies never
  }
}

function reasonLine(what: string, counts: Orders['dropped']): readonly string[] {
  return Object.keys(counts).length > 0 ? [`  ${what}: ${reasons(counts)}`] : []
}
