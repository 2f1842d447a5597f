import { seededRandom } from '../../bench/support/seeded-random'
import { estimateCounts, varianceOf } from '../../src/shared/signals/subset-estimate'
import { type Chances, chancesOf, subsetDesign } from '../../src/shared/signals/subset-selection'
import { type Audit, digits } from './finding'
import { simulatedEpochs, zipf } from './simulated-epochs'

const REPORTS = 100_000
const EPOCHS = { full: 2_000, short: 200 } as const
/** Of the root of the variance that formulas give. */
const TOLERANCE = { full: 0.03, short: 0.1 } as const

/** Root-mean-square errors of counts beside those of the mechanisms that others ship, on Zipf data. */
export const auditAccuracy: Audit = (thoroughness) =>
  [8, 64].flatMap((k) =>
    [1, 2, 4].map((epsilon) => {
      const design = subsetDesign(k, epsilon * 1e6)
      const truth = zipf(k, REPORTS)
      const epochs = EPOCHS[thoroughness]
      const formula = Math.sqrt(truth.reduce((sum, count) => sum + varianceOf(design, REPORTS, count), 0) / k)
      const own = errorOf(chancesOf(design), truth, epochs, (counts) => estimateCounts(design, REPORTS, counts).map(({ value }) => value))
      const others = [symmetricUnary(epsilon), optimizedUnary(epsilon), randomizedResponse(k, epsilon)].map(({ p, q }) =>
        errorOf({ p, q }, truth, epochs, (counts) => Array.from(counts, (count) => (count - REPORTS * q) / (p - q))),
      ) as [number, number, number] // one each
      const [rappor, oue, direct] = others
      return {
        audit: `error of a count, k ${k}, ε ${epsilon}, ${epochs.toLocaleString('en')} epochs of ${REPORTS.toLocaleString('en')}`,
        stated: `${digits(formula)} ± ${100 * TOLERANCE[thoroughness]} %; at most RAPPOR’s, OUE’s`,
        measured: `${digits(own)}; RAPPOR ${digits(rappor)}, OUE ${digits(oue)}, randomized response ${digits(direct)}`,
        passes: Math.abs(own / formula - 1) <= TOLERANCE[thoroughness] && own <= rappor && own <= oue,
      }
    }),
  )

function errorOf(
  chances: Chances,
  truth: readonly number[],
  epochs: number,
  estimate: (counts: Float64Array) => readonly number[],
): number {
  const next = simulatedEpochs(chances, truth, seededRandom(1))
  let squares = 0
  for (let epoch = 0; epoch < epochs; epoch++)
    squares += estimate(next()).reduce((sum, value, bucket) => sum + (value - truth[bucket]!) ** 2, 0)
  return Math.sqrt(squares / epochs / truth.length)
}

/** RAPPOR's permanent answer alone, each bit flipped by itself. Source: Erlingsson, Pihur, Korolova, CCS 2014; SUE of Wang et al., USENIX Security 2017. */
function symmetricUnary(epsilon: number): Chances {
  const p = Math.exp(epsilon / 2) / (Math.exp(epsilon / 2) + 1)
  return { p, q: 1 - p }
}

/** OUE. Source: Wang, Blocki, Li, Jha, USENIX Security 2017. */
function optimizedUnary(epsilon: number): Chances {
  return { p: 0.5, q: 1 / (Math.exp(epsilon) + 1) }
}

/** One bucket a report. Source: Kairouz, Bonawitz, Ramage, ICML 2016. */
function randomizedResponse(k: number, epsilon: number): Chances {
  const e = Math.exp(epsilon)
  return { p: e / (e + k - 1), q: 1 / (e + k - 1) }
}
