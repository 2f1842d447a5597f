import { bucketsOf } from '../../src/shared/signals/metric-buckets'
import { costOf } from '../../src/shared/signals/metric-design'
import { MICRO } from '../../src/shared/signals/privacy-budget'
import { cryptoBytes, type RandomBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { decodeReport } from '../../src/shared/signals/report'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { clopperPearson } from './clopper-pearson'
import { type Audit, digits, type Finding } from './finding'
import { type Deed, reporter } from './visitors'

/** That the bound is wrong: half of it for each of the two chances it is made of. */
const MISS = 1e-6
/** Of the stated epsilon: an attack that finds less proves little, where epsilon is 1 or more. */
const LEAST_POWER = 0.95
const REPORTS = { full: 500_000, short: 4_000 } as const
/** What is twice as bad shows with fewer. */
const MUTANT_REPORTS = { full: 100_000, short: 4_000 } as const

const BOUGHT = { currency: 'EUR', value: 200, transaction_id: 't', items: [{ item_id: 'a', item_category: 'c3', price: 200 }] } as const
const NOTHING: readonly Deed[] = []
const PURCHASE: readonly Deed[] = [['purchase', BOUGHT]]
/** 62 of them, so that with `none` and `other` there are as many buckets as there may be. */
const CATEGORIES = Array.from({ length: 62 }, (_, at) => `c${at}`)

/** Metrics by which two visitors can be told apart as well as by any. */
export const ATTACKED: readonly Metric[] = [
  { name: 'interest-half', counts: 'interest', categories: CATEGORIES, epsilon: 0.5 },
  { name: 'interest', counts: 'interest', categories: CATEGORIES, epsilon: 1 },
  { name: 'interest-double', counts: 'interest', categories: CATEGORIES, epsilon: 2 },
  { name: 'funnel', counts: 'funnel', epsilon: 1 },
  { name: 'spent', counts: 'mean', of: 'spent', currency: 'EUR', most: 200, epsilon: 1 },
]

/** Tells a visitor who did nothing from one who bought by their reports alone, as well as can be, and says how much epsilon that proves. */
export const auditDistinguishing: Audit = async (thoroughness) => {
  const findings: Finding[] = []
  for (const metric of ATTACKED) {
    const epsilon = costOf(metric) / MICRO
    const bound = await epsilonShown(metric, REPORTS[thoroughness], cryptoBytes)
    // Few reports prove little: then only that it is not above.
    const least = thoroughness === 'full' && epsilon >= 1 ? LEAST_POWER * epsilon : 0
    findings.push({
      audit: `distinguishing attack, ${metric.counts}, k ${bucketsOf(metric).length}`,
      stated: `ε ${epsilon}`,
      measured: `ε ≥ ${digits(bound)} (${REPORTS[thoroughness]} reports each, 1 − 10⁻⁶)`,
      passes: bound <= epsilon && bound >= least,
    })
  }
  return findings
}

/** The same attack on a mechanism that spends twice what it states: it must be found out. */
export const auditDoubledMechanism: Audit = async (thoroughness) => {
  const findings: Finding[] = []
  for (const metric of ATTACKED.filter(({ epsilon }) => epsilon === 1)) {
    const bound = await epsilonShown({ ...metric, epsilon: 2 }, MUTANT_REPORTS[thoroughness], cryptoBytes)
    findings.push({
      audit: `mutant: twice the epsilon, ${metric.counts}, k ${bucketsOf(metric).length}`,
      stated: 'caught: more than ε 1 shown',
      measured: `ε ≥ ${digits(bound)}`,
      passes: bound > 1,
    })
  }
  return findings
}

/**
 * How much epsilon the reports of two visitors prove, at a confidence of 1 − 10⁻⁶.
 *
 * The event is that of the greatest likelihood ratio: a report that holds the one's bucket and not the other's. To guess the one whose bucket it holds is weaker.
 * @param bytes random ones, for the device.
 */
export async function epsilonShown(metric: Metric, reports: number, bytes: RandomBytes): Promise<number> {
  const random = new RandomIntegers(bytes)
  const [own, other] = [bucketOf(metric, PURCHASE), bucketOf(metric, NOTHING)]
  const hits = async (deeds: readonly Deed[]) => {
    const report = reporter(metric, deeds, random)
    let count = 0
    for (let at = 0; at < reports; at++) {
      const { bits } = decodeReport(await report())
      const holds = (bucket: number) => (bits[bucket >> 3]! >> (bucket & 7)) & 1
      if (holds(own) === 1 && holds(other) === 0) count++
    }
    return count
  }
  const [ofOwn, ofOther] = [await hits(PURCHASE), await hits(NOTHING)]
  return Math.log(clopperPearson(ofOwn, reports, MISS / 2).low / clopperPearson(ofOther, reports, MISS / 2).high)
}

/** Where a visitor stands, by name: what an attacker knows of the plan. */
function bucketOf(metric: Metric, deeds: readonly Deed[]): number {
  const hasBought = deeds.length > 0
  const name = { interest: hasBought ? 'c3' : 'none', funnel: hasBought ? 'bought' : 'none', mean: hasBought ? 'high' : 'low' }
  const bucket = bucketsOf(metric).indexOf(name[metric.counts as keyof typeof name]) // one of those that are attacked
  if (bucket < 0) throw new RangeError(`no bucket of ${metric.name} is known to tell the two visitors apart`)
  return bucket
}
