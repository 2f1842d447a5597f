import { seededRandom } from '../../bench/support/seeded-random'
import { publishMetric } from '../../collector/publish/publish-metric'
import { designOf } from '../../src/shared/signals/metric-design'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { chancesOf } from '../../src/shared/signals/subset-selection'
import { binomialTable } from './binomial-table'
import { type Audit, digits, type Finding } from './finding'

const EPOCHS = { full: 10_000, short: 400 } as const
/** As few as are published: the count of them is at its lumpiest. */
const REPORTS = 50
const EPSILONS = [1, 2]
const MEANS = [0.1, 0.5]
const [CONFIDENCE, TOLERANCE] = [0.95, 0.015]
/** Errors of its own error by which a mean may be off: further once in ten million audits. */
const MOST_OFF = 5.3

/**
 * Means as the collector publishes them, cell by cell: right on average, and their intervals as often right as they say. All browsers have the same value, so that
 * rounding it adds as much error as it can; of values that lie at either end, intervals are wider than they need be.
 */
export const auditMeanEstimator: Audit = (thoroughness) => {
  const epochs = EPOCHS[thoroughness]
  const random = seededRandom(11)
  return EPSILONS.flatMap((epsilon) => MEANS.map((mean): Finding => overEpochs(epsilon, mean, epochs, random)))
}

function overEpochs(epsilon: number, mean: number, epochs: number, random: () => number): Finding {
  const metric: Metric = { name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 1, epsilon }
  const { p, q } = chancesOf(designOf(metric))
  const draw = binomialTable(REPORTS, mean * p + (1 - mean) * q)
  let [error, squares, covered] = [0, 0, 0]
  for (let epoch = 0; epoch < epochs; epoch++) {
    const high = draw(random())
    const said = publishMetric(metric, [{ reports: REPORTS, counts: [REPORTS - high, high] }], '', 1, random)
    const { value, low, high: most } = said.groups![0]!.mean! // of a metric of this kind, of enough reports
    error += value - mean
    squares += (value - mean) ** 2
    if (low <= mean && mean <= most) covered++
  }
  const off = Math.abs(error) / Math.sqrt(squares)
  const share = covered / epochs
  // Few epochs tell a share less exactly.
  const slack = epochs === EPOCHS.full ? 0 : 4 * Math.sqrt((CONFIDENCE * (1 - CONFIDENCE)) / epochs)
  return {
    audit: `estimator, a mean of ${mean}, ${REPORTS} reports, ε ${epsilon}, ${epochs.toLocaleString('en')} epochs`,
    stated: `no bias; 95 % ± ${digits(100 * (TOLERANCE + slack), 2)} of intervals`,
    measured: `off by ${digits(off, 2)} of its own error; ${digits(100 * share)} %`,
    passes: off <= MOST_OFF && Math.abs(share - CONFIDENCE) <= TOLERANCE + slack,
  }
}
