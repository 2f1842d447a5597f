import { afterEach, expect, it } from 'vitest'
import { seededRandom } from '../../bench/support/seeded-random'
import { epochOf } from '../../src/shared/signals/epoch'
import { EPOCH_BUDGET, microEpsilon, YEAR_BUDGET, YEAR_EPOCHS } from '../../src/shared/signals/privacy-budget'
import { decodeReport } from '../../src/shared/signals/report'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { deleteDatabase } from '../../worker/store/open'
import { signalsDatabase } from '../../worker/store/schema'
import { freshNamespace, removeAll } from './history-namespaces'
import { CollectorDouble, DeviceDouble, EPOCH, HOUR, midweek, WEEK } from './signals-device'

afterEach(removeAll)

const STEPS = 150

function anyPlan(random: () => number): SignalPlan {
  const metrics = Array.from({ length: 1 + Math.floor(random() * 4) }, (_, at) => ({
    name: `m${at}`,
    counts: 'funnel' as const,
    epsilon: Math.max(0.01, Math.round(random() * 200) / 100),
  }))
  return { sottoPlan: 1, purpose: `Plan ${random()}`, firstSession: random(), participation: Math.max(0.2, random()), metrics }
}

it.each([1, 2, 3])(
  'whatever happens in which order, no epoch costs more than 2, no rolling year more than 8, and no answer is given twice (%i)',
  async (seed) => {
    const random = seededRandom(seed)
    const collector = new CollectorDouble()
    const visitor = new DeviceDouble(freshNamespace(), collector)
    /** What a report costs, by the first bytes of its plan's hash and its metric. */
    const costs = new Map<string, number>()
    const publish = async () => {
      const plan = anyPlan(random)
      collector.plan = plan
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(plan))))
      plan.metrics.forEach(({ epsilon = 1 }, metric) => {
        costs.set(`${hash.slice(0, 8)} ${metric}`, microEpsilon(epsilon))
      })
    }
    await publish()
    visitor.now = midweek(EPOCH)
    const happenings: readonly (() => unknown)[] = [
      publish,
      () => deleteDatabase(signalsDatabase(visitor.namespace)),
      () => {
        collector.status = [200, 200, 400, 503][Math.floor(random() * 4)]!
      },
      () => {
        visitor.now -= Math.floor(random() * 10) * WEEK
      },
      () => {
        visitor.now += Math.floor(random() * 20) * WEEK
      },
      () => Promise.all([visitor.page(), visitor.page()].map((page) => page.visit())),
      // A page that is left in the midst of something.
      () => visitor.page({ alone: async (_, work) => void (await Promise.race([work(), Promise.resolve()])) }).visit(),
    ]
    for (let step = 0; step < STEPS; step++) {
      visitor.now += random() < 0.5 ? HOUR : WEEK
      if (random() < 0.3) await happenings[Math.floor(random() * happenings.length)]!()
      await visitor.visit()
    }
    await visitor.close()
    const reports = [...new Set(collector.reports)].map((body) => {
      const { epoch, metric, planTag } = decodeReport(Uint8Array.from(body.match(/../g)!, (pair) => Number.parseInt(pair, 16)))
      return { epoch, metric, cost: costs.get(`${planTag} ${metric}`) ?? Number.NaN }
    })
    expect(reports.length).toBeGreaterThan(5)
    const answers = reports.map(({ epoch, metric }) => `${epoch} ${metric}`)
    expect(new Set(answers).size).toBe(answers.length)
    const spent = (from: number, to: number) =>
      reports.reduce((sum, { epoch, cost }) => (epoch > from && epoch <= to ? sum + cost : sum), 0)
    for (let epoch = EPOCH - 200; epoch <= epochOf(visitor.now) + 200; epoch++) {
      expect(spent(epoch - 1, epoch)).toBeLessThanOrEqual(EPOCH_BUDGET)
      expect(spent(epoch - YEAR_EPOCHS, epoch)).toBeLessThanOrEqual(YEAR_BUDGET)
    }
  },
)
