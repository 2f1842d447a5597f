import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findData } from '../../pack/evaluate/read/find-data'
import { type InvoiceDataset, readInvoices } from '../../pack/evaluate/read/read-invoices'
import { cutLog } from '../../pack/learn/cut-log'
import { dataFolder } from '../support/data-folder'
import { type Report, report } from '../support/report'
import type { Channel } from './channel'
import { type AskedBy, type ItemLoop, itemLoop } from './item-loop'
import { itemTable, loopFaults, loopNotes, rankerTable } from './loop-tables'
import { type RankerLoop, rankerLoop } from './ranker-loop'
import { openRankerShop } from './ranker-shop'
import { retailOf } from './retail'

const VISITORS = 20_000
const RUNS = 3

const EXACT: Channel = { kind: 'exact' }
const LOCAL: readonly Channel[] = [1, 2].map((epsilon) => ({ kind: 'local', epsilon }))
const DAP: Channel = { kind: 'dap', epsilon: 1 }
/** A local report has room for 62 items, a histogram of DAP for a thousand. */
const ASKED = [
  { channel: EXACT, listed: 62 },
  ...LOCAL.map((channel) => ({ channel, listed: 62 })),
  { channel: { kind: 'local', epsilon: 2 }, listed: 14 },
  { channel: { kind: 'local', epsilon: 2 }, listed: 62, times: 10 },
  { channel: DAP, listed: 62 },
  { channel: EXACT, listed: 1000 },
  { channel: { kind: 'dap', epsilon: 0.25 }, listed: 1000 },
  { channel: DAP, listed: 1000 },
] as const satisfies readonly AskedBy[]

type LoopOptions = {
  /** Default: `dataFolder`. */
  readonly folder?: string
  /** Of each epoch; default 20,000. */
  readonly visitors?: number
  /** How often noise is drawn anew; default 3. */
  readonly runs?: number
  /** Only so many customers, to see that it runs; default all. */
  readonly customers?: number
  readonly onProgress: (doing: string) => void
}

/**
 * Closes the loop on real orders: simulated visitors answer by what ships, a pack is made of what is published, and what that is worth to visitors of the
 * next epochs is measured. Where the data is not there, the report says so.
 */
export async function loop({
  folder = dataFolder(),
  visitors = VISITORS,
  runs = RUNS,
  customers,
  onProgress,
}: LoopOptions): Promise<Report> {
  const path = join(folder, 'online-retail')
  if (!existsSync(path)) {
    return loopReport({ visitors, runs, notes: [`not run: there is no ${path}; SOTTO_DATA may name another folder`] })
  }
  const files = await findData(path, 'next-basket')
  if (files.protocol !== 'next-basket') throw new Error(`${path} was asked for invoices, and holds ${files.protocol}`)
  const data = firstCustomers(await readInvoices(files.invoices), customers)
  const retail = retailOf(data)
  const items = itemLoop({ retail, visitors, channels: ASKED, runs, onProgress })
  const shop = await openRankerShop(retail, data.texts, onProgress)
  const ranker = shop && rankerLoop({ shop, visitors, channels: [EXACT, ...LOCAL, DAP], runs, onProgress })
  const isSample = customers !== undefined
  return loopReport({ visitors, runs, items, ranker, isSample, notes: loopNotes({ retail, items, ranker, visitors }) })
}

type LoopFound = {
  readonly visitors: number
  readonly runs: number
  readonly items?: ItemLoop
  /** Absent where the orders are too few to learn a ranker from. */
  readonly ranker?: RankerLoop | undefined
  readonly isSample?: boolean
  readonly notes: readonly string[]
}

function loopReport({ visitors, runs, items, ranker, isSample = false, notes }: LoopFound): Report {
  return report({
    name: 'loop',
    sizes: { 'visitors an epoch': visitors, cases: items?.cases ?? 0 },
    rounds: runs,
    browser: 'not used',
    figures: [],
    tables: [...(items ? [itemTable(items)] : []), ...(ranker ? [rankerTable(ranker)] : [])],
    notes,
    demands: [],
    faults: isSample ? [] : loopFaults(items, ranker),
  })
}

/** The same data of some customers only. */
function firstCustomers(data: InvoiceDataset, customers = Number.POSITIVE_INFINITY): InvoiceDataset {
  if (data.log.starts.length - 1 <= customers) return data
  const end = data.log.starts[customers]!
  return { ...data, log: cutLog(data.log, (at) => at < end) }
}
