import type { Table } from '../support/table'
import type { Gain } from './gain'
import type { ItemLoop } from './item-loop'
import type { RankerLoop } from './ranker-loop'
import { type Retail, SIGNAL_EPOCHS } from './retail'

/** What is shipped must not make a shop worse: of some forty comparisons, noise alone makes hardly one look so by this many standard errors. */
const CLEARLY = 3

/** What signals are worth to the order of popularity and to `trending`. */
export function itemTable({ rows }: ItemLoop): Table {
  return {
    title: 'Order of popularity and `trending`: NDCG@10 of what visitors went on to buy',
    columns: ['shop', 'estimates', 'order', 'gain ± standard error', 'trending', 'gain ± standard error'],
    rows: rows.map(({ shop, name, popularity, trending }) => [shop, name, ...cellsOf(popularity), ...cellsOf(trending)]),
  }
}

/** What learning the ranker together is worth. */
export function rankerTable({ rows }: RankerLoop): Table {
  return {
    title: 'The ranker learned together: NDCG@10 of what visitors went on to buy',
    columns: [
      'start',
      'coordinates',
      'estimates',
      'before',
      'as it comes',
      'gain ± standard error',
      'checked',
      'gain ± standard error',
      'new priors',
    ],
    rows: rows.map(({ start, coordinates, name, before, asItComes, checked, published, proposed }) => [
      start,
      String(coordinates),
      name,
      inFour(before),
      ...cellsOf(asItComes),
      ...cellsOf(checked),
      `${published} of ${proposed}`,
    ]),
  }
}

type LoopNotes = {
  readonly retail: Retail
  readonly items: ItemLoop
  readonly ranker: RankerLoop | undefined
  readonly visitors: number
}

/** What is to be known of the figures. */
export function loopNotes({ retail, items, ranker, visitors }: LoopNotes): readonly string[] {
  const buyers = retail.epochs.map((epoch) => retail.deeds.get(epoch)!.length)
  return [
    `Orders of ${retail.customers} customers. A pack knows none of the last ${SIGNAL_EPOCHS} weeks; in each of them ${visitors} simulated visitors look at what one of the ${Math.min(...buyers)} to ${Math.max(...buyers)} customers who bought that week did, and answer within the yearly budget. Each customer stands for up to ${Math.round(visitors / Math.max(1, Math.min(...buyers)))} visitors, so that without noise a trend follows single baskets.`,
    `Asked for the order: ${items.cases} baskets of the later weeks, by what was published two weeks before; items that the customer had are left out. Local reports ask about the 62 most popular items (without orders: 62 from all over the feed, which stands in the order of its codes), DAP about up to 1,000.`,
    ...(ranker
      ? [
          `Asked for the ranker: ${ranker.cases} baskets of the last weeks. Good start: fitted to orders; bad: popularity alone. Three times three weeks: devices learn from one shelf, one coordinate of what they learned is reported. As it comes: 30 times the mean is published. Checked: as sotto pack does it. A local plan may ask for 4 coordinates; 16 are shown for comparison.`,
        ]
      : ['The ranker was not run: there are too few orders to learn one from.']),
  ]
}

/** Whatever ships and does harm beyond noise. */
export function loopFaults(items: ItemLoop | undefined, ranker: RankerLoop | undefined): readonly string[] {
  const shipped = [
    ...(items?.rows ?? []).flatMap(({ shop, name, popularity, trending }) => [
      { what: `${shop}, ${name}: order`, gain: popularity },
      { what: `${shop}, ${name}: trending`, gain: trending },
    ]),
    ...(ranker?.rows ?? []).map(({ start, coordinates, name, checked }) => ({
      what: `${start} start, ${coordinates} coordinates, ${name}: checked prior`,
      gain: checked,
    })),
  ]
  return shipped
    .filter(({ gain: { gain, error } }) => gain < -CLEARLY * error)
    .map(({ what, gain }) => `${what} loses ${inFour(-gain.gain)} ± ${inFour(gain.error)}`)
}

function cellsOf({ ndcg, gain, error }: Gain): readonly string[] {
  const signed = `${gain < 0 && inFour(-gain) !== '.0000' ? '-' : '+'}${inFour(Math.abs(gain))}`
  return [inFour(ndcg), error === 0 && gain === 0 ? '' : `${signed} ± ${inFour(error)}`]
}

/** `.0123`, as tables of quality are printed. */
function inFour(value: number): string {
  return value.toFixed(4).replace(/^0/, '')
}
