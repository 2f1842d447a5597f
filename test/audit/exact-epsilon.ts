import { MICRO } from '../../src/shared/signals/privacy-budget'
import { exactEpsilon, type SubsetDesign, subsetDesign } from '../../src/shared/signals/subset-selection'
import { enumerateDraws } from './enumerate-draws'
import { type Audit, digits, type Finding } from './finding'

const RANGE = 2n ** 32n
/** Fractions are compared as whole numbers of 2^-256. */
const SCALE = 2n ** 256n
/** Terms of the series of e^x: for x up to 4, what is left out is far below 2^-256. */
const TERMS = 120

/** Epsilon from the integer thresholds actually used, by whole numbers only: for every number of buckets, for epsilons from 0.01 on in small steps. */
export const auditExactEpsilon: Audit = (thoroughness) => {
  const step = thoroughness === 'full' ? 1_000 : 97_000
  return [overDesigns(step), overWays(thoroughness === 'full' ? 7 : 5)]
}

/** Whether a design costs no more than it states, whichever of two buckets is the true one: T (k − d) ≤ (2^32 − T) d e^ε, and the other way round. */
export function isWithinStated({ k, d, threshold, microEpsilon }: SubsetDesign, leastExp = expFromBelow(microEpsilon)): boolean {
  const [within, without] = [BigInt(threshold) * BigInt(k - d), (RANGE - BigInt(threshold)) * BigInt(d)]
  return within * SCALE <= without * leastExp && without * SCALE <= within * leastExp
}

function overDesigns(step: number): Finding {
  let [designs, wrong, furthest] = [0, 0, 0]
  for (let microEpsilon = 10_000; microEpsilon <= 4 * MICRO; microEpsilon += step) {
    const leastExp = expFromBelow(microEpsilon)
    for (let k = 2; k <= 64; k++) {
      const design = subsetDesign(k, microEpsilon)
      designs++
      if (!isWithinStated(design, leastExp)) wrong++
      furthest = Math.max(furthest, microEpsilon / MICRO - exactEpsilon(design))
    }
  }
  return {
    audit: 'epsilon from the thresholds',
    stated: 'never above the plan’s',
    measured: `${wrong} of ${designs} designs above; the furthest below by ${digits(furthest, 2)}`,
    passes: wrong === 0,
  }
}

/** The chances of all reports, counted way by way: the greatest ratio must be the one that thresholds say, and each report possible for each visitor. */
function overWays(most: number): Finding {
  let [wrong, reports] = [0, 0]
  for (let k = 2; k <= most; k++)
    for (const microEpsilon of [MICRO / 2, MICRO, 2 * MICRO]) {
      const design = subsetDesign(k, microEpsilon)
      const leastExp = expFromBelow(microEpsilon)
      const tables = Array.from({ length: k }, (_, bucket) => enumerateDraws(design, bucket))
      for (const table of tables) {
        reports += table.size
        for (const other of tables) for (const [report, ways] of table) if (ways * SCALE > (other.get(report) ?? 0n) * leastExp) wrong++
      }
    }
  return {
    audit: 'epsilon over all ways to draw',
    stated: 'no report likelier than e^ε times for another visitor',
    measured: `${wrong} of ${reports} reports, k 2 to ${most}, no rounding`,
    passes: wrong === 0,
  }
}

/** e^(micro / 10^6) of 2^-256, every term rounded down: never above the true one. */
function expFromBelow(micro: number): bigint {
  let [term, sum] = [SCALE, 0n]
  for (let at = 1n; at <= TERMS; at++) {
    sum += term
    term = (term * BigInt(micro)) / (at * BigInt(MICRO))
  }
  return sum
}
