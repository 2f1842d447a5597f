import { expect, test } from 'vitest'
import { bucketRate, bucketSum, type Counts } from '../../../../collector/dashboard/statistics/bucket-sum'
import { changeBetween } from '../../../../collector/dashboard/statistics/change'
import { intervalOf } from '../../../../collector/dashboard/statistics/estimate'
import { microEpsilon } from '../../../../src/shared/signals/privacy-budget'
import { chancesOf, drawSubset, subsetDesign } from '../../../../src/shared/signals/subset-selection'
import { seededRandom } from '../../../support/catalog-random'
import { seededIntegers } from '../../../support/estimates-document'

const EPSILON = 1
const K = 6
const REPORTS = 1000
const WEEKS = 400
/** The truth about all browsers that might have answered. */
const SHARES = [0.3, 0.3, 0.2, 0.1, 0.06, 0.04]
const BOUNDS = SHARES.map((_, at) => SHARES.slice(0, at + 1).reduce((sum, share) => sum + share, 0))
/** Of 400 weeks, 95 % give or take three standard errors of √(.95 · .05 / 400). */
const LEAST = 0.95 - 3 * 0.0109
const MOST = 0.95 + 3 * 0.0109

/** A week of reports, drawn as devices draw them, of browsers that happened to answer. */
function drawnWeeks(): readonly Counts[] {
  const design = subsetDesign(K, microEpsilon(EPSILON))
  const { p, q } = chancesOf(design)
  const [random, integers] = [seededRandom(7), seededIntegers(11)]
  return Array.from({ length: WEEKS }, () => {
    const held = SHARES.map(() => 0)
    for (let report = 0; report < REPORTS; report++) {
      const drawn = random()
      const truth = BOUNDS.findIndex((bound) => drawn < bound)
      const [bits] = drawSubset(design, truth < 0 ? K - 1 : truth, integers)
      for (let bucket = 0; bucket < K; bucket++) held[bucket]! += (bits! >> bucket) & 1
    }
    return { epsilon: EPSILON, reports: REPORTS, values: held.map((count) => (count - REPORTS * q) / (p - q)) }
  })
}

test('intervals of sums and of rates hold the truth 95 times of 100, and a change is seen where there is none 5 times', () => {
  const weeks = drawnWeeks()
  const share = (isTrue: readonly boolean[]) => isTrue.filter(Boolean).length / isTrue.length
  const sums = weeks.map((counts) => intervalOf(bucketSum(counts, [0, 0, 0, 1, 1, 1]), 0))
  const held = share(sums.map(({ low, high }) => low <= 0.2 && 0.2 <= high))
  const rates = weeks
    .flatMap((counts) => bucketRate(counts, [0, 0, 0, 1, 1, 1], [0, 1, 1, 1, 1, 1]) ?? [])
    .map((rate) => intervalOf(rate, 0))
  const heldRates = share(rates.map(({ low, high }) => low <= 0.2 / 0.7 && 0.2 / 0.7 <= high))
  expect(rates).toHaveLength(WEEKS)
  const changes = weeks
    .slice(1)
    .map((counts, at) => changeBetween(bucketSum(weeks[at]!, [0, 0, 0, 1, 1, 1]), bucketSum(counts, [0, 0, 0, 1, 1, 1]), 1))
  const unmoved = share(changes.map(({ direction }) => direction === 'unclear'))
  for (const measured of [held, heldRates, unmoved]) {
    expect(measured).toBeGreaterThan(LEAST)
    expect(measured).toBeLessThan(MOST)
  }
})
