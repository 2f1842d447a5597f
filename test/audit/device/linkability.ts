import { seededRandom } from '../../../bench/support/seeded-random'
import { SESSION_GAP_MS } from '../../../src/shared/limits'
import { EPOCH_MS, epochOf, epochStart } from '../../../src/shared/signals/epoch'
import { PLAN_DEFAULTS } from '../../../src/shared/signals/plan-defaults'
import { cryptoBytes } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { seededBytes } from '../../support/seeded-bytes'
import { type Audit, digits, type Finding, type Thoroughness } from '../finding'
import { attackAuc, type Pair } from '../link-attack'
import { type Deed, EPOCH, historyOf } from '../visitors'
import { AuditedDevice, freshNamespace, type Packet } from './audited-device'

/** Seven pairs each, but of those that answer in their first week. */
const DEVICES = { full: 2_900, short: 50 } as const
const EPOCHS = 3
const TOGETHER = 25
/** Two visits are half an hour apart at least, or they are one: that much of a link there is. */
const APART_MS = SESSION_GAP_MS + 60_000
const TOLERANCE = 0.02
/** Of browsers of the mutant that tell two answers in their own week; where there are few browsers, many of them. */
const HASTY = { full: PLAN_DEFAULTS.firstSession, short: 0.5 } as const

const CATEGORIES = Array.from({ length: 62 }, (_, at) => `category ${at}`)
/** With the share of new browsers that answer in their first session as it is where a plan does not say. */
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  metrics: [
    { name: 'interest', counts: 'interest', categories: CATEGORIES },
    { name: 'funnel', counts: 'funnel' },
  ],
}

/** Two reports that are asked about, by metric and epoch, a digit each. */
type Asked = readonly [first: string, second: string]
const SAME_EPOCH: readonly Asked[] = Array.from({ length: EPOCHS }, (_, epoch) => [`0${epoch}`, `1${epoch}`])
const SAME_METRIC: readonly Asked[] = ['0', '1'].flatMap((metric) =>
  Array.from({ length: EPOCHS - 1 }, (_, epoch): Asked => [`${metric}${epoch}`, `${metric}${epoch + 1}`]),
)
/** A visitor's reports, by metric and epoch. */
type Reports = ReadonlyMap<string, Packet>
type Pairs = { readonly own: readonly Pair[]; readonly strangers: readonly Pair[] }

/**
 * Two reports of one visitor against two of strangers, by all that a collector gets to see together: content, sizes, headers, times, and how long after its epoch
 * each came. What visitors like stays the same for all weeks, how far they get differs from week to week; strangers' pairs are of the same metrics and epochs. (Of
 * visitors who never leave one of five buckets, content alone links two answers with an AUC of about 0.53: that much is what epsilon 1 allows, twice.)
 *
 * A report that is told in its own week has no second one beside it, and whoever knows that does not look for one: pairs of an epoch are of visitors, own ones and
 * strangers, of whom two reports about it came.
 */
export const auditLinkability: Audit = async (thoroughness) => {
  const devices = DEVICES[thoroughness]
  const sent: Reports[] = []
  for (let from = 0; from < devices; from += TOGETHER) {
    const group = Array.from({ length: Math.min(TOGETHER, devices - from) }, (_, at) => reportsOfDevice(from + at, thoroughness))
    sent.push(...(await Promise.all(group)).map(byMetricAndEpoch))
  }
  const random = seededRandom(5)
  const ofEpoch = pairsOf(sent, SAME_EPOCH, random)
  const ofMetric = pairsOf(sent, SAME_METRIC, random)
  const hasty = pairsOf(
    sent.map((reports) => new Map([...reports, ...(random() < HASTY[thoroughness] ? toldInOwnWeek(reports) : [])])),
    SAME_EPOCH,
    random,
  )
  return [
    judge('of one epoch', ofEpoch, thoroughness),
    judge('of one metric in two epochs', ofMetric, thoroughness),
    judgeFirst(sent),
    // What an answer that is sent twice would come to: the second report of a pair with the bits of the first.
    caught('an answer sent twice', attackAuc(ofMetric.own.map(repeat), ofMetric.strangers), 0.75),
    caught('two answers told in their own week', attackAuc(hasty.own, hasty.strangers), 0.5 + 1.5 * TOLERANCE),
  ]
}

/** Each visitor's own pairs, and for each of them one with the second report of somebody who sent such a pair, too. */
function pairsOf(sent: readonly Reports[], asked: readonly Asked[], random: () => number): Pairs {
  const own: Pair[] = []
  const strangers: Pair[] = []
  for (const [first, second] of asked) {
    const heard = sent.flatMap((reports): Pair[] => {
      const [one, other] = [reports.get(first), reports.get(second)]
      return one && other ? [[one, other]] : []
    })
    for (const [at, pair] of heard.entries()) {
      own.push(pair)
      strangers.push([pair[0], heard[(at + 1 + Math.floor(random() * (heard.length - 1))) % heard.length]![1]])
    }
  }
  return { own, strangers }
}

function judge(which: string, { own, strangers }: Pairs, thoroughness: Thoroughness): Finding {
  const auc = attackAuc(own, strangers)
  const blur = thoroughness === 'full' ? 0 : 2.2 / Math.sqrt(own.length)
  const hoped = DEVICES[thoroughness] * (which === 'of one epoch' ? SAME_EPOCH : SAME_METRIC).length
  return {
    audit: `linkability: two reports of one visitor ${which} against two of strangers`,
    stated: `AUC 0.5 ± ${digits(TOLERANCE + blur, 2)}`,
    measured: `${digits(auc, 3)} (${own.length.toLocaleString('en')} pairs each of at most ${hoped.toLocaleString('en')})`,
    passes: Math.abs(auc - 0.5) <= TOLERANCE + blur && own.length > 0.7 * hoped,
  }
}

function judgeFirst(sent: readonly Reports[]): Finding {
  const inOwnWeek = sent.map((reports) => [...reports.values()].filter(({ at, body }) => epochOf(at) === epochIn(body)).length)
  const heard = inOwnWeek.filter((count) => count > 0).length
  const most = Math.max(...inOwnWeek)
  return {
    audit: 'linkability: reports of one visitor that are told in their own week',
    stated: 'one at most, of some visitors',
    measured: `at most ${most}; ${heard} of ${sent.length} visitors sent any`,
    passes: most === 1,
  }
}

function caught(mutant: string, auc: number, least: number): Finding {
  return {
    audit: `mutant: ${mutant}`,
    stated: `caught: AUC above ${digits(least)}`,
    measured: `AUC ${digits(auc, 3)}`,
    passes: auc > least,
  }
}

async function reportsOfDevice(seed: number, thoroughness: Thoroughness): Promise<readonly Packet[]> {
  const random = seededRandom(seed * 7919 + 1)
  // Of few browsers none might be drawn for the first session: the test asks the same ones each time.
  const device = new AuditedDevice(freshNamespace(), PLAN, thoroughness === 'full' ? cryptoBytes : seededBytes(seed))
  const favourite = CATEGORIES[Math.floor(CATEGORIES.length ** random()) - 1]!
  device.history = Array.from({ length: EPOCHS }, (_, at) => historyOf(weekOf(favourite, random), EPOCH + at)).flat()
  for (let at = 0; at <= EPOCHS; at++) {
    const times = Array.from({ length: 2 }, () => random() * 0.95).sort((one, other) => one - other)
    for (const [visit, time] of times.entries()) await device.visit(epochStart(EPOCH + at) + time * EPOCH_MS + visit * APART_MS)
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

function byMetricAndEpoch(packets: readonly Packet[]): Reports {
  return new Map(packets.map((packet) => [`${packet.body[1]}${epochIn(packet.body) - EPOCH}`, packet]))
}

/** The epoch that a report is about. */
function epochIn(body: Uint8Array): number {
  return new DataView(body.buffer, body.byteOffset).getUint32(4, true)
}

/** The same answers, each a week earlier. */
function toldInOwnWeek(reports: Reports): Reports {
  return new Map([...reports].map(([key, packet]) => [key, { ...packet, at: packet.at - EPOCH_MS }]))
}

function repeat([first, second]: Pair): Pair {
  const body = second.body.slice()
  body.set(first.body.subarray(32), 32)
  return [first, { ...second, body }]
}
