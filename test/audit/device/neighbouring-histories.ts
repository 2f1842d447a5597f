import { seededRandom } from '../../../bench/support/seeded-random'
import type { StoredEvent } from '../../../src/shared/events'
import { EPOCH_MS, epochOf, epochStart } from '../../../src/shared/signals/epoch'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { seededBytes } from '../../support/seeded-bytes'
import type { Audit, Finding, Thoroughness } from '../finding'
import { type Deed, EPOCH, historyOf } from '../visitors'
import { AuditedDevice, freshNamespace, type Packet } from './audited-device'

const PAIRS = { full: 200, short: 6 } as const
const EPOCHS = 4
const VISITS = 4
/** Far more than reading takes. */
const MS_PER_EVENT = 3

/** A metric of every kind that tells of what was done; each browser is asked two of them a week. */
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  firstSession: 0.5,
  participation: 0.9,
  metrics: [
    { name: 'interest', counts: 'interest', categories: ['Lamps', 'Chairs', 'Tables'] },
    { name: 'bought', counts: 'item', event: 'bought', items: ['lamp', 'chair'] },
    { name: 'stage', counts: 'segment', by: 'stage' },
    { name: 'funnel', counts: 'funnel' },
    { name: 'spent', counts: 'amount', of: 'spent', currency: 'EUR', bands: [10, 100] },
    { name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 200 },
    { name: 'rank', counts: 'rank' },
    { name: 'test', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
    { name: 'errors', counts: 'errors' },
    { name: 'shelf', counts: 'shelf', slot: 'home' },
    { name: 'campaign', counts: 'campaign', promotion: 'spring' },
    { name: 'latency', counts: 'latency', bands: [50, 100] },
    { name: 'ranker', counts: 'ranker', features: ['price', 'freshness'] },
  ],
}

/**
 * Two browsers alike but for what their visitors did in one epoch, with the same random numbers and the same visits: whatever can be seen of them without
 * reading bits must be equal: how many packets, when, how long, where to and how. Reading a history may take as long
 * as it takes: nothing may come later for it.
 */
export const auditNeighbouringHistories: Audit = async (thoroughness) => [await compare(AuditedDevice, thoroughness, false)]

/** The same look at browsers that send one packet more when there is history: it must find them out. */
export const auditTalkativePipeline: Audit = async (thoroughness) => [await compare(TalkativeDevice, thoroughness, true)]

/** A pipeline that must not be: what it sends depends on whether there is something to tell. */
class TalkativeDevice extends AuditedDevice {
  override answer(url: string, init: RequestInit): Response {
    const answer = super.answer(url, init)
    const { body } = this.packets.at(-1)!
    // The epoch that a report is about stands in its bytes 4 to 7.
    const about = body.length > 0 ? new DataView(body.buffer).getUint32(4, true) : undefined
    return this.history.some(({ time }) => epochOf(time) === about) ? super.answer(url, init) : answer
  }
}

async function compare(Device: typeof AuditedDevice, thoroughness: Thoroughness, isMutant: boolean): Promise<Finding> {
  const pairs = isMutant ? PAIRS.short : PAIRS[thoroughness]
  let [different, packets, latest] = [0, 0, 0]
  for (let pair = 0; pair < pairs; pair++) {
    const random = seededRandom(pair)
    const histories = neighbours(random)
    const times = visitTimes(random)
    // By a clock that moves while a history is read, every other time.
    const msPerEvent = pair % 2 === 0 ? 0 : MS_PER_EVENT
    const [own, other] = await Promise.all(
      histories.map(async (history) => {
        const device = new Device(freshNamespace(), PLAN, seededBytes(pair))
        device.history = history
        device.msPerEvent = msPerEvent
        for (const time of times) await device.visit(time)
        return device.packets
      }),
    )
    const later = apart(own!, other!) // of two histories
    latest = Math.max(latest, later)
    if (later > 0) different++
    packets += own!.length + other!.length
  }
  return {
    audit: isMutant ? 'mutant: one packet more when there is history' : 'neighbouring histories: number, sizes, times, headers of packets',
    stated: isMutant ? 'caught: pairs that differ' : 'the same, also by a clock that moves while measuring',
    measured: `${different} of ${pairs} pairs differ (${packets.toLocaleString('en')} packets${isMutant ? '' : `; at most ${latest} ms, of ${MS_PER_EVENT} an event`})`,
    passes: packets > pairs * EPOCHS && (isMutant ? different > 0 : different === 0),
  }
}

/** How many milliseconds packets of two browsers are apart at most, where they are as many and all else is the same; otherwise as far as can be. */
function apart(own: readonly Packet[], other: readonly Packet[]): number {
  const [mine, theirs] = [own, other].map((sent) => JSON.stringify(sent.map(({ url, envelope, body }) => [url, envelope, body.length])))
  return mine === theirs ? Math.max(...own.map(({ at }, place) => Math.abs(at - other[place]!.at))) : Number.POSITIVE_INFINITY
}

/** Alike but for one epoch, in which the one did nothing and the other much. */
function neighbours(random: () => number): readonly (readonly StoredEvent[])[] {
  const changed = Math.floor(random() * EPOCHS)
  const common = Array.from({ length: EPOCHS }, (_, at) => at)
    .filter((at) => at !== changed && random() < 0.5)
    .flatMap((at) => historyOf(deeds(random), EPOCH + at))
  return [common, [...common, ...historyOf(deeds(random), EPOCH + changed)]]
}

function deeds(random: () => number): readonly Deed[] {
  const item = { item_id: random() < 0.5 ? 'lamp' : 'chair', item_category: 'Lamps', price: 20 }
  const all: readonly Deed[] = [
    ['select_promotion', { promotion_id: 'spring' }],
    ['view_item', { items: [item] }],
    ['select_item', { items: [item] }],
    ['add_to_cart', { items: [item], currency: 'EUR', value: 20 }],
    ['purchase', { items: [item], currency: 'EUR', value: 20, transaction_id: `t${random()}` }],
  ]
  return all.slice(0, 1 + Math.floor(random() * all.length))
}

/** Some visits an epoch, at random moments. */
function visitTimes(random: () => number): readonly number[] {
  return Array.from({ length: EPOCHS + 1 }, (_, at) =>
    Array.from({ length: VISITS }, () => epochStart(EPOCH + at) + random() * EPOCH_MS * 0.99).sort((one, other) => one - other),
  ).flat()
}
