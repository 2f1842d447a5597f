import type { InvoiceDataset } from '../../pack/evaluate/read/read-invoices'
import { cutLog } from '../../pack/learn/cut-log'
import { type InteractionLog, sequenceCount } from '../../pack/learn/interaction-log'
import type { Item } from '../../src/shared/items'
import { epochOf, epochStart } from '../../src/shared/signals/epoch'
import type { Visit } from '../../worker/models/recommender'

/** Weeks at the end of the data that the pack knows no orders of: what is known of them, visitors report. */
export const SIGNAL_EPOCHS = 14

/** What one customer bought in one epoch after the pack was made. */
export type Deed = {
  /** A sequence of the log. */
  readonly customer: number
  readonly epoch: number
  /** What was bought, in order of time; an item of two baskets twice. */
  readonly bought: readonly { readonly id: string; readonly time: number }[]
  /** All that the customer bought before the first basket of the epoch. */
  readonly visit: Visit
  /** Rows that were new to the customer, each once; may be none. */
  readonly targets: Int32Array
}

/** A shop whose orders end, and what its customers did after. */
export type Retail = {
  readonly items: readonly Item[]
  /** All orders. */
  readonly log: InteractionLog
  /** Orders that the pack is made of; its sequences are those of `log`. */
  readonly before: InteractionLog
  /** Who bought anything. */
  readonly customers: number
  /** After those orders, in order of time. */
  readonly epochs: readonly number[]
  readonly deeds: ReadonlyMap<number, readonly Deed[]>
}

/** Cuts invoices in two: orders that the pack is made of, and the last 14 weeks, which visitors report of. */
export function retailOf({ log, itemIds, texts = [] }: Pick<InvoiceDataset, 'log' | 'itemIds' | 'texts'>): Retail {
  const times = log.times!
  const last = epochOf(times.reduce((latest, time) => Math.max(latest, time)))
  const epochs = Array.from({ length: SIGNAL_EPOCHS }, (_, at) => last - SIGNAL_EPOCHS + 1 + at)
  const since = epochStart(epochs[0]!)
  const deeds = new Map<number, Deed[]>(epochs.map((epoch) => [epoch, []]))
  for (let customer = 0; customer < sequenceCount(log); customer++) {
    const start = log.starts[customer]!
    const end = log.starts[customer + 1]!
    let at = start
    while (at < end) {
      const epoch = epochOf(times[at]!)
      const from = at
      while (at < end && epochOf(times[at]!) === epoch) at++
      if (times[from]! >= since) deeds.get(epoch)!.push(deedOf({ log, itemIds }, { customer, epoch, start, from, to: at }))
    }
  }
  return {
    items: itemIds.map((id, row) => ({ id, title: texts[row]?.title || id, categories: [] })),
    log,
    before: cutLog(log, (at) => times[at]! < since),
    customers: log.starts.filter((start, sequence) => start < (log.starts[sequence + 1] ?? start)).length,
    epochs,
    deeds,
  }
}

type Span = { readonly customer: number; readonly epoch: number; readonly start: number; readonly from: number; readonly to: number }

function deedOf({ log, itemIds }: Pick<InvoiceDataset, 'log' | 'itemIds'>, span: Span): Deed {
  const { items, baskets } = log
  const times = log.times!
  const { customer, epoch, start, from, to } = span
  const seen = new Set(items.subarray(start, from))
  let sessionStart = from
  while (sessionStart > start && baskets![sessionStart - 1] === baskets![from - 1]) sessionStart--
  return {
    customer,
    epoch,
    bought: Array.from(items.subarray(from, to), (row, at) => ({ id: itemIds[row]!, time: times[from + at]! })),
    visit: { items: items.slice(start, from), times: times.slice(start, from), sessionStart: sessionStart - start, now: times[from]! },
    targets: Int32Array.from(new Set(items.subarray(from, to))).filter((item) => !seen.has(item)),
  }
}
