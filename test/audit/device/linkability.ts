import { seededRandom } from '../../../bench/support/seeded-random'
import { EPOCH_MS, epochStart } from '../../../src/shared/signals/epoch'
import { cryptoBytes } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { type Audit, digits, type Finding } from '../finding'
import { attackAuc, type Pair } from '../link-attack'
import { type Deed, EPOCH, historyOf } from '../visitors'
import { AuditedDevice, freshNamespace, type Packet } from './audited-device'

/** Seven pairs each. */
const DEVICES = { full: 2_900, short: 50 } as const
const EPOCHS = 3
const TOGETHER = 25
const TOLERANCE = 0.02

const CATEGORIES = Array.from({ length: 62 }, (_, at) => `category ${at}`)
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  firstSession: 0,
  metrics: [
    { name: 'interest', counts: 'interest', categories: CATEGORIES },
    { name: 'funnel', counts: 'funnel' },
  ],
}

/**
 * Two reports of one visitor against two of strangers, by all that a collector gets to see together: content, sizes, headers and times. What visitors like stays
 * the same for all weeks, how far they get differs from week to week; strangers' pairs are of the same metrics and epochs. (Of visitors who never leave one of
 * five buckets, content alone links two answers with an AUC of about 0.53: that much is what epsilon 1 allows, twice.)
 */
export const auditLinkability: Audit = async (thoroughness) => {
  const devices = DEVICES[thoroughness]
  const sent: (readonly Packet[])[] = []
  for (let from = 0; from < devices; from += TOGETHER) {
    const group = Array.from({ length: Math.min(TOGETHER, devices - from) }, (_, at) => reportsOfDevice(from + at))
    sent.push(...(await Promise.all(group)))
  }
  const complete = sent.map(byMetricAndEpoch).filter((reports) => reports.size === 2 * EPOCHS)
  const random = seededRandom(5)
  const own: Pair[] = []
  const strangers: Pair[] = []
  for (const [at, reports] of complete.entries())
    for (const [first, second] of ASKED) {
      const other = complete[(at + 1 + Math.floor(random() * (complete.length - 1))) % complete.length]!
      own.push([reports.get(first)!, reports.get(second)!])
      strangers.push([reports.get(first)!, other.get(second)!])
    }
  const auc = attackAuc(own, strangers)
  // What an answer that is sent twice would come to: the second report of a pair with the bits of the first.
  const ofOneMetric = (_: Pair, at: number) => ASKED[at % ASKED.length]![0][0] === ASKED[at % ASKED.length]![1][0]
  const repeated = attackAuc(own.filter(ofOneMetric).map(repeat), strangers.filter(ofOneMetric))
  const blur = thoroughness === 'full' ? 0 : 1.7 / Math.sqrt(own.length)
  const findings: Finding[] = [
    {
      audit: 'linkability: two reports of one visitor against two of strangers',
      stated: `AUC 0.5 ± ${digits(TOLERANCE + blur, 2)}`,
      measured: `${digits(auc, 3)} (${own.length.toLocaleString('en')} pairs each, ${complete.length} of ${devices} visitors heard in full)`,
      passes: Math.abs(auc - 0.5) <= TOLERANCE + blur && complete.length > 0.9 * devices,
    },
    {
      audit: 'mutant: an answer sent twice',
      stated: 'caught: AUC above 0.75',
      measured: `AUC ${digits(repeated, 3)}`,
      passes: repeated > 0.75,
    },
  ]
  return findings
}

/** Pairs that are asked for: the same metric in two epochs, and two metrics of the same. Metric and epoch, a digit each. */
const ASKED: readonly (readonly [string, string])[] = [
  ...['0', '1'].flatMap((metric) => [[`${metric}0`, `${metric}1`] as const, [`${metric}1`, `${metric}2`] as const]),
  ...['0', '1', '2'].map((epoch) => [`0${epoch}`, `1${epoch}`] as const),
]

async function reportsOfDevice(seed: number): Promise<readonly Packet[]> {
  const random = seededRandom(seed * 7919 + 1)
  const device = new AuditedDevice(freshNamespace(), PLAN, cryptoBytes)
  const favourite = CATEGORIES[Math.floor(CATEGORIES.length ** random()) - 1]!
  device.history = Array.from({ length: EPOCHS }, (_, at) => historyOf(weekOf(favourite, random), EPOCH + at)).flat()
  for (let at = 0; at <= EPOCHS; at++) {
    const times = Array.from({ length: at === 0 ? 1 : 2 }, () => random() * 0.95).sort((one, other) => one - other)
    // Two visits are half an hour apart at least, or they are one.
    for (const [visit, time] of times.entries()) await device.visit(epochStart(EPOCH + at) + (time + 0.02 * visit) * EPOCH_MS)
  }
  return device.reports
}

/** What a visitor does in a week: always in the favourite category, of which few are most people's; and few buy. */
function weekOf(category: string, random: () => number): readonly Deed[] {
  const item = { item_id: category, item_category: category, price: 5 }
  const stages: readonly Deed[] = [
    ['view_item', { items: [item] }],
    ['add_to_cart', { items: [item] }],
    ['begin_checkout', { items: [item] }],
    ['purchase', { items: [item], transaction_id: 't', currency: 'EUR', value: 5 }],
  ]
  const luck = random()
  return stages.slice(0, luck < 0.15 ? 0 : luck < 0.7 ? 1 : luck < 0.85 ? 2 : luck < 0.9 ? 3 : 4)
}

function byMetricAndEpoch(packets: readonly Packet[]): ReadonlyMap<string, Packet> {
  return new Map(
    packets.map((packet) => {
      const epoch = new DataView(packet.body.buffer, packet.body.byteOffset).getUint32(4, true) - EPOCH
      return [`${packet.body[1]}${epoch}`, packet]
    }),
  )
}

function repeat([first, second]: Pair): Pair {
  const body = second.body.slice()
  body.set(first.body.subarray(32), 32)
  return [first, { ...second, body }]
}
