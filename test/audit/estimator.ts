import { seededRandom } from '../../bench/support/seeded-random'
import type { Interval } from '../../src/shared/signals/estimates'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { estimateCounts, varianceOf } from '../../src/shared/signals/subset-estimate'
import { bucketsIn, chancesOf, drawSubset, type SubsetDesign, subsetDesign } from '../../src/shared/signals/subset-selection'
import { countChances } from '../support/count-chances'
import { chiSquared } from './chi-squared'
import { type Audit, digits, type Finding, type Thoroughness } from './finding'
import { simulatedEpochs, zipf } from './simulated-epochs'

const EPOCHS = { full: 10_000, short: 250 } as const
const REPORTS = { full: [50, 500, 100_000], short: [50, 100_000] } as const
const BUCKETS = [2, 8, 64]
const EPSILONS = [0.5, 1, 2, 4]
/** Places of the dither: more make no difference that 10,000 epochs could show. */
const DITHERS = 256
const [CONFIDENCE, TOLERANCE] = [0.95, 0.015]
/** Errors of its own error by which a mean may be off: one of 900 cells is further once in 2,000 audits. */
const MOST_OFF = 5.3

/** The estimator over many simulated epochs, cell by cell: right on average, and its intervals as often right as they say. */
export const auditEstimator: Audit = (thoroughness) => [
  ...REPORTS[thoroughness].flatMap((reports) => overCells(reports, thoroughness)),
  againstReports(thoroughness),
]

function overCells(reports: number, thoroughness: Thoroughness): readonly Finding[] {
  const epochs = EPOCHS[thoroughness]
  const random = seededRandom(reports)
  let [cells, off, least, most] = [0, 0, 1, 0]
  for (const k of BUCKETS)
    for (const epsilon of EPSILONS) {
      const design = subsetDesign(k, epsilon * 1e6)
      const truth = zipf(k, reports)
      const next = simulatedEpochs(chancesOf(design), truth, random)
      const estimate = estimatorOf(design, reports)
      const [errors, covered] = [new Float64Array(k), new Float64Array(k)]
      for (let epoch = 0; epoch < epochs; epoch++)
        for (const [bucket, count] of next().entries()) {
          const { value, low, high } = estimate(count, Math.floor(random() * DITHERS))
          errors[bucket]! += value - truth[bucket]!
          if (low <= truth[bucket]! && truth[bucket]! <= high) covered[bucket]!++
        }
      for (let bucket = 0; bucket < k; bucket++) {
        cells++
        off = Math.max(off, Math.abs(errors[bucket]!) / Math.sqrt(epochs * varianceOf(design, reports, truth[bucket]!)))
        least = Math.min(least, covered[bucket]! / epochs)
        most = Math.max(most, covered[bucket]! / epochs)
      }
    }
  // A few hundred epochs tell a share less exactly.
  const blur = thoroughness === 'full' ? 0 : 4 * Math.sqrt((CONFIDENCE * (1 - CONFIDENCE)) / epochs)
  const title = `${reports.toLocaleString('en')} reports, ${cells} cells, ${epochs.toLocaleString('en')} epochs`
  return [
    {
      audit: `estimator, ${title}: bias`,
      stated: 'none',
      measured: `at most ${digits(off, 2)} of its own error`,
      passes: off <= MOST_OFF,
    },
    {
      audit: `estimator, ${title}: 95 % intervals`,
      stated: `95 % ± 1.5 in every cell${blur > 0 ? `, ± ${digits(100 * blur, 2)} for so few epochs` : ''}`,
      measured: `${digits(100 * least)} to ${digits(100 * most)} %`,
      passes: least >= CONFIDENCE - TOLERANCE - blur && most <= CONFIDENCE + TOLERANCE + blur,
    },
  ]
}

/** The shipped estimator; what few reports were counted as comes again and again, and is estimated once. */
function estimatorOf(design: SubsetDesign, reports: number): (count: number, dither: number) => Interval {
  const kept = new Map<number, Interval>()
  return (count, dither) => {
    const known = kept.get(count * DITHERS + dither)
    if (known) return known
    const interval = estimateCounts(design, reports, [count], () => (dither + 0.5) / DITHERS)[0]! // of the one count
    if (reports <= 1_000) kept.set(count * DITHERS + dither, interval)
    return interval
  }
}

/** Epochs of which each report is drawn by the shipped randomizer: counts must be distributed as the simulation has it. */
function againstReports(thoroughness: Thoroughness): Finding {
  const [reports, trueCount] = [60, 20]
  const epochs = thoroughness === 'full' ? 20_000 : 1_000
  const design = subsetDesign(8, 1e6)
  const random = new RandomIntegers(cryptoBytes)
  const counts = new Float64Array(reports + 1)
  for (let epoch = 0; epoch < epochs; epoch++) {
    let held = 0
    for (let browser = 0; browser < reports; browser++)
      if (bucketsIn(drawSubset(design, browser < trueCount ? 3 : browser % 3, random)).includes(3)) held++
    counts[held]!++
  }
  const { chance } = chiSquared(
    counts,
    countChances(design, reports, trueCount).map((each) => each * epochs),
  )
  return {
    audit: 'estimator: simulated counts against drawn reports',
    stated: 'the same distribution',
    measured: `chi-squared chance ${digits(chance, 2)} (${epochs} epochs)`,
    passes: chance > 1e-6,
  }
}
