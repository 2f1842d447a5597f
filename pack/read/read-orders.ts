import { type InteractionLog, sequenceCount } from '../learn/interaction-log'
import { assembleLog } from './assemble-log'
import { createColumn } from './column'
import { isKnownEvent, logWeight } from './event-weight'
import { type LogRows, withoutRows } from './log-rows'
import { countReordered, withoutAncient, withoutTimeless } from './log-times'
import { type NumberStyle, numberStyle } from './number-style'
import { createColumnFinder } from './order-columns'
import { type OrderColumns, type OrderRow, orderRow } from './order-row'
import { readNumber, readPrice } from './read-price'
import { readTime } from './read-time'
import { createReasonTally, type ReasonCounts } from './reason-counts'
import { recordBatches } from './record-batches'
import type { OddEncoding } from './text-stream'

/** A clock may be wrong by its time zone; what lies further ahead has not happened. */
const FUTURE_SLACK_MS = 86_400_000
/** Enough to see what is wrong with ids. */
const SAMPLE_IDS = 3
/** Names of events by the thousand are no names; what comes later is counted as `others`. */
const MOST_EVENTS = 10

export type ReadOrdersOptions = {
  readonly itemCount: number
  /** The row of an item, `undefined` for an unknown one. */
  readonly rowOf: (id: string) => number | undefined
  /** ms since 1970. */
  readonly now: number
  /** How ambiguous numbers and dates are written; see `numberStyle`. */
  readonly locale?: string | undefined
  /** Told how many bytes of the file were read, piece by piece. */
  readonly onBytes?: (count: number) => void
}

/** Whom a support counts: people, or their sessions (orders), of which one customer may have had several. */
export type CountedBy = 'visitors' | 'sessions'

/** What a file of orders or events held. */
export type Orders = {
  readonly log: InteractionLog
  /** Rows below the header, broken ones included. */
  readonly rows: number
  /** Interactions in the log. */
  readonly used: number
  /** Rows that were left out, by reason. `used` and these make up `rows`. */
  readonly dropped: ReasonCounts
  /** Rows that were older than the one before of the same visitor: used, in order of time. */
  readonly reordered: number
  /** Sequences of the log. */
  readonly visitors: number
  /** What these are: `sessions` where no row tells its user, so that several may be one customer's. */
  readonly countedBy: CountedBy
  /** Absent where it is sound UTF-8 or UTF-16. */
  readonly encoding?: OddEncoding
  /** What the file calls the column of the items; absent where it has no row. */
  readonly itemColumn?: string
  /** Up to three ids of items that the catalog has not. */
  readonly unknownItems: readonly string[]
  /** Used rows whose event's name says nothing, so that each counts as a view; by that name. */
  readonly unknownEvents: ReasonCounts
}

/**
 * Reads orders or events as a stream: CSV, TSV or JSON Lines, gzip allowed, with `user` or `session`, `item`, and where there are some `time`,
 * `event`, `quantity`, `price`. Where any row names its user, those that do not (guests' orders) are left out, for nobody knows how many people
 * they are; where none does, each session counts as a visitor. Broken rows are counted by reason and the rest is used. Memory: the log, and a name for each visitor.
 * Where most times lie before 1990 they are counters, not moments, and none of them is refused.
 * @throws SottoError `invalid-argument` where a column is missing that there must be.
 */
export async function readOrders(path: string, options: ReadOrdersOptions): Promise<Orders> {
  const { rowOf, itemCount, now, locale, onBytes } = options
  const style = numberStyle(locale)
  const tally = createReasonTally()
  const ints = () => createColumn((length) => new Int32Array(length))
  const [visitors, sessions, items] = [ints(), ints(), ints()]
  const guests = createColumn((length) => new Uint8Array(length))
  const weights = createColumn((length) => new Float32Array(length))
  const times = createColumn((length) => new Float64Array(length))
  const visitorNumbers = createNumbering()
  const sessionNumbers = createNumbering()
  const finder = createColumnFinder(path)
  const has = { time: false, user: false, session: false }
  let rows = 0
  let itemColumn: string | undefined
  let encoding: OddEncoding | undefined
  const unknownItems = new Set<string>()
  const unknownEvents = createReasonTally()

  function take(row: OrderRow, known: OrderColumns): string | undefined {
    const who = row.user ?? (row.session && `\n${row.session}`) // no user's name begins with a line end
    if (!who) return 'without-visitor'
    if (!row.item) return 'without-item'
    const item = rowOf(row.item)
    if (item === undefined) {
      if (unknownItems.size < SAMPLE_IDS) unknownItems.add(row.item)
      return 'unknown-item'
    }
    const time = readTime(row.time ?? '', style)
    const isBroken = known.time !== undefined && Number.isNaN(time)
    const refusal = isBroken ? 'broken-time' : time > now + FUTURE_SLACK_MS ? 'future-time' : refusedAmount(row, style)
    if (refusal) return refusal
    const weight = known.event === undefined ? 1 : logWeight(row.event)
    if (weight === 0) return 'no-interest'
    if (row.event !== undefined && !isKnownEvent(row.event)) {
      const isListed = row.event in unknownEvents.counts || Object.keys(unknownEvents.counts).length < MOST_EVENTS
      unknownEvents.add(isListed ? row.event : 'others')
    }
    visitors.push(visitorNumbers.numberOf(who))
    sessions.push(sessionNumbers.numberOf(row.session ?? ''))
    guests.push(Number(row.user === undefined))
    items.push(item)
    weights.push(weight)
    times.push(time)
    has.time ||= known.time !== undefined
    has.user ||= row.user !== undefined
    has.session ||= known.session !== undefined
    return undefined
  }

  for await (const records of recordBatches(path, onBytes, (odd) => {
    encoding = odd
  })) {
    for (const record of records) {
      rows++
      const columns = record && finder.of(record)
      itemColumn ??= columns?.item
      const refusal = columns ? take(orderRow(record, columns), columns) : 'broken-row'
      if (refusal) tally.add(refusal)
    }
  }
  finder.end()
  const isGuest = guests.values()
  const all: LogRows = {
    visitors: visitors.values(),
    items: items.values(),
    weights: weights.values(),
    ...(has.time && { times: times.values() }),
    ...(has.user && has.session && { sessions: sessions.values() }),
  }
  const read = has.user ? withoutRows(all, (row) => isGuest[row] === 1, 'without-visitor', tally.add) : all
  const kept = withoutAncient(withoutTimeless(read, tally.add), tally.add)
  const visitorCount = visitorNumbers.count()
  const log = withoutEmpty(assembleLog(itemCount, { ...kept, visitorCount }, tally))
  const reordered = countReordered(kept, visitorCount)
  return {
    log,
    rows,
    used: log.items.length,
    dropped: tally.counts,
    reordered,
    visitors: sequenceCount(log),
    countedBy: has.user ? 'visitors' : 'sessions',
    ...(itemColumn !== undefined && { itemColumn }),
    ...(encoding && { encoding }),
    unknownItems: [...unknownItems],
    unknownEvents: unknownEvents.counts,
  }
}

function refusedAmount({ quantity, price }: OrderRow, style: NumberStyle): string | undefined {
  if (quantity !== undefined && !((readNumber(quantity, style) ?? 0) > 0)) return 'impossible-quantity'
  if (price !== undefined && !((readPrice(price, style)?.price ?? -1) >= 0)) return 'impossible-price'
  return undefined
}

/** Visitors of whom no row was kept leave no empty sequence. */
function withoutEmpty(log: InteractionLog): InteractionLog {
  return { ...log, starts: log.starts.filter((start, at) => at === 0 || start > log.starts[at - 1]!) }
}

function createNumbering() {
  const numbers = new Map<string, number>()
  return {
    count: () => numbers.size,
    numberOf(name: string): number {
      const known = numbers.get(name)
      if (known !== undefined) return known
      numbers.set(name, numbers.size)
      return numbers.size - 1
    },
  }
}
