import { seededRandom } from '../../../bench/support/seeded-random'
import { EPOCH_MS, epochStart } from '../../../src/shared/signals/epoch'
import { designOf } from '../../../src/shared/signals/metric-design'
import { hashPlan, hex } from '../../../src/shared/signals/plan-hash'
import { EPOCH_BUDGET, MICRO, YEAR_BUDGET, YEAR_EPOCHS } from '../../../src/shared/signals/privacy-budget'
import { cryptoBytes } from '../../../src/shared/signals/random-integers'
import { decodeReport } from '../../../src/shared/signals/report'
import type { Metric, SignalPlan } from '../../../src/shared/signals/signal-plan'
import { exactEpsilon } from '../../../src/shared/signals/subset-selection'
import { type Audit, digits, type Finding, type Thoroughness } from '../finding'
import { EPOCH, historyOf } from '../visitors'
import { AuditedDevice, freshNamespace } from './audited-device'

const WALKS = { full: 120, short: 5 } as const
const DEEDS = { full: 90, short: 40 } as const
/** Weeks that a clock is wrong by, at most. */
const MOST_AHEAD = 8
/** Rounding of a sum of logarithms. */
const SLACK = 1e-9

/** What may befall a browser, and how often: weeks pass often, or no budget would ever be spent. */
const FATES = {
  visit: 2,
  'two tabs': 2,
  'killed tab': 4,
  'clock set back': 0.5,
  'clock far ahead': 0.5,
  'refused, then granted': 1,
  'week passes': 6,
  'plan changes': 1,
  'everything is forgotten': 0.5,
} as const
type Fate = keyof typeof FATES
/** The writes of a turn that money hangs on: rounds hold what was drawn, that it is charged, and what is on its way. */
const DEATHS = ['before rounds', 'after rounds', 'before spent', 'after spent'] as const

/**
 * Browsers to which everything happens in random order, thousands of times: what their reports really cost together, by the thresholds they were drawn with, as
 * a collector that keeps every one of them would add it up.
 */
export const auditBudget: Audit = async (thoroughness) => [await walk(thoroughness, false)]

/** A pipeline that gives back what was spent when everything is forgotten: it must be found out. */
export const auditRefundingPipeline: Audit = async (thoroughness) => [await walk(thoroughness, true)]

async function walk(thoroughness: Thoroughness, isMutant: boolean): Promise<Finding> {
  const walks = WALKS[isMutant ? 'short' : thoroughness]
  let [epochMost, yearMost, reports, kills] = [0, 0, 0, 0]
  const deaths = new Set<string>()
  for (let seed = 0; seed < walks; seed++) {
    const spent = await spentBy(seed, DEEDS[thoroughness], isMutant)
    reports += spent.reports
    kills += spent.deaths.length
    for (const death of spent.deaths) deaths.add(death)
    const epochs = [...spent.byEpoch.keys()]
    epochMost = Math.max(epochMost, ...spent.byEpoch.values())
    for (const last of epochs)
      yearMost = Math.max(
        yearMost,
        epochs.reduce((sum, epoch) => (epoch > last - YEAR_EPOCHS && epoch <= last ? sum + spent.byEpoch.get(epoch)! : sum), 0),
      )
  }
  const isWithin = epochMost <= EPOCH_BUDGET / MICRO + SLACK && yearMost <= YEAR_BUDGET / MICRO + SLACK
  return {
    audit: isMutant
      ? 'mutant: a budget that is forgotten with everything else'
      : 'budget: killed and double tabs, clocks back and ahead, changed plans, refusals',
    stated: isMutant ? 'caught: more than 2 an epoch or 8 a year' : 'at most ε 2 an epoch, 8 in any 53',
    measured: `${digits(epochMost)} an epoch, ${digits(yearMost)} in 53 (${walks} browsers, ${reports} reports; ${kills} killed at a write: ${DEATHS.filter((death) => deaths.has(death)).join(', ')})`,
    // Few browsers need not have died at every place between drawing, charging and sending.
    passes: reports > walks && isWithin !== isMutant && (thoroughness === 'short' || DEATHS.every((death) => deaths.has(death))),
  }
}

async function spentBy(seed: number, deeds: number, isMutant: boolean) {
  const random = seededRandom(seed)
  const namespace = freshNamespace()
  const device = new AuditedDevice(namespace, planOf(random), cryptoBytes)
  const plans = new Map<string, SignalPlan>()
  let time = epochStart(EPOCH)
  for (let deed = 0; deed < deeds; deed++) {
    plans.set(await tagOf(device.plan), device.plan)
    device.history = historyOf([['purchase', { transaction_id: `${deed}`, items: [{ item_id: 'a' }], currency: 'EUR', value: 9 }]])
    const fate = drawFate(random)
    switch (fate) {
      case 'visit':
      case 'two tabs':
        // Far enough apart to be visits of their own.
        time += 3_600_000 * (1 + random())
        await device.visit(time, fate === 'visit' ? 1 : 2)
        break
      case 'killed tab':
        // Mostly in a new week, in which there is something to do.
        time += random() < 0.7 ? EPOCH_MS : 3_600_000 * (1 + random())
        device.onlyWritesCount = random() < 0.6
        device.stepsToLive = device.onlyWritesCount ? 2 + Math.floor(random() * 8) : 1 + Math.floor(random() * 60)
        await device.visit(time)
        // And it is opened again at once, in what is left of the same visit.
        if (random() < 0.5) await device.visit(time + 60_000)
        break
      case 'clock set back':
        time -= EPOCH_MS * Math.floor(random() * 4)
        break
      case 'clock far ahead': {
        // For one visit only, of which the next by the right clock must not gain anything.
        const ahead = time + EPOCH_MS * (1 + Math.floor(random() * MOST_AHEAD))
        await device.visit(ahead)
        await device.visit(ahead + 7_200_000)
        time += 14_400_000
        break
      }
      case 'refused, then granted':
        // As the engine does where it is refused: everything but the budget goes.
        time += 3_600_000 * (1 + random())
        device.consent = 'denied'
        await device.visit(time)
        await device.forget()
        device.consent = 'granted'
        time += 3_600_000
        await device.visit(time)
        break
      case 'week passes':
        time += EPOCH_MS * (1 + Math.floor(random() * 1.2))
        await device.visit(time)
        await device.visit(time + 7_200_000)
        time += 7_200_000
        break
      case 'plan changes':
        device.plan = planOf(random)
        // A day old, it is fetched again.
        time += 90_000_000
        break
      case 'everything is forgotten':
        await device.forget()
        if (isMutant) await forgetAll(namespace)
        break
      default:
        fate satisfies never
    }
  }
  const byEpoch = new Map<number, number>()
  // Sent again after a lost answer, the same bytes say nothing new.
  const bodies = new Map(device.reports.map(({ body }) => [hex(body), body]))
  for (const body of bodies.values()) {
    const { epoch, metric, planTag } = decodeReport(body)
    const cost = exactEpsilon(designOf(plans.get(hex(planTag))!.metrics[metric]!))
    byEpoch.set(epoch, (byEpoch.get(epoch) ?? 0) + cost)
  }
  return { byEpoch, reports: bodies.size, deaths: device.deaths }
}

function drawFate(random: () => number): Fate {
  const fates = (Object.keys(FATES) as Fate[]).flatMap((fate) => Array<Fate>(2 * FATES[fate]).fill(fate)) // its own keys
  return fates[Math.floor(random() * fates.length)]!
}

/** Any number of metrics at any price, of names old and new. */
function planOf(random: () => number): SignalPlan {
  const metrics = Array.from(
    { length: 1 + Math.floor(random() * 5) },
    (_, at): Metric => ({
      name: `m${at}-${Math.floor(random() * 3)}`,
      counts: 'funnel',
      epsilon: [0.3, 0.5, 1, 1.7, 2][Math.floor(random() * 5)]!,
    }),
  )
  return { sottoPlan: 1, purpose: 'To be audited.', firstSession: 0.5, metrics }
}

async function tagOf(plan: SignalPlan): Promise<string> {
  return hex((await hashPlan(new TextEncoder().encode(JSON.stringify(plan)))).subarray(0, 8))
}

/** Every database of this browser's, the budget's among them. */
async function forgetAll(namespace: string): Promise<void> {
  const names = (await indexedDB.databases()).map(({ name = '' }) => name)
  await Promise.all(names.filter((name) => name.split(':').includes(namespace)).map(deleteDatabase))
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name)
    request.onsuccess = () => resolve()
    request.onerror = () => reject(request.error)
  })
}
