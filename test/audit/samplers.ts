import { discreteGaussian, discreteLaplace, laplaceScale } from '../../src/shared/signals/discrete-noise'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { chancesOf, drawSubset, subsetDesign } from '../../src/shared/signals/subset-selection'
import { drawRounded } from '../../worker/signals/measure/draw-rounded'
import { chiSquared } from './chi-squared'
import { enumerateDraws } from './enumerate-draws'
import { type Audit, digits, type Finding } from './finding'
import { floatLaplace, isReachable } from './float-laplace'

/** One audit in a million says so of a sampler that is right. */
const LEAST_CHANCE = 1e-6
const DRAWS = { full: 400_000, short: 8_000 } as const
/** Of noise by big numbers, which takes a hundred times as long. */
const NOISES = { full: 60_000, short: 1_000 } as const
const WIDTH = 80
/** Noise that 1,000 draws of scale 2 miss less than once in a million times. */
const COMMON = 5

/** Whether what is drawn is distributed as it should be, and whether it says by its very digits what was drawn for whom. */
export const auditSamplers: Audit = (thoroughness) => {
  const random = new RandomIntegers(cryptoBytes)
  const [draws, noises] = [DRAWS[thoroughness], NOISES[thoroughness]]
  return [
    ...[2, 3, 7, 63, 1000].map((limit) =>
      follows(
        `whole numbers below ${limit}`,
        draws,
        () => random.below(limit),
        Array.from({ length: limit }, () => 1),
      ),
    ),
    // Near 2^32 remainders would be most uneven: two thirds of it, of which the lower half would come twice as often.
    follows('whole numbers below 2^32 · 2/3', draws, () => Math.floor(random.below(2_863_311_530) / 286_331_153), Array(10).fill(1)),
    ...overSubsets(draws, random),
    follows('rounding of 0.3', draws, () => drawRounded(0.3, random), [0.7, 0.3]),
    follows('discrete Laplace, scale 2', noises, () => WIDTH + discreteLaplace(laplaceScale(1, 500_000), random), shape(laplace)),
    follows(
      'discrete Gaussian, variance 4.5',
      noises,
      () => WIDTH + discreteGaussian({ top: 9n, bottom: 2n }, random),
      shape((z) => Math.exp((-z * z) / 9)),
    ),
    subsetsInvertible(false),
    subsetsInvertible(true),
    wholeNoise('discrete Laplace', false, noises, () => discreteLaplace(laplaceScale(1, 500_000), random)),
    wholeNoise('noise of even numbers', true, noises, () => 2 * discreteLaplace(laplaceScale(1, 500_000), random)),
    noiseInvertible('Laplace of 32-bit floats', true, floatSum(random), (noise) => isReachable(noise, 2)),
  ]
}

function follows(name: string, draws: number, draw: () => number, weights: readonly number[]): Finding {
  const counts = new Float64Array(weights.length)
  for (let at = 0; at < draws; at++) counts[draw()]!++
  const sum = weights.reduce((total, weight) => total + weight, 0)
  const { chance } = chiSquared(
    counts,
    weights.map((weight) => (draws * weight) / sum),
  )
  return {
    audit: `sampler: ${name}`,
    stated: `chi-squared chance above ${LEAST_CHANCE}`,
    measured: `${digits(chance, 2)} (${draws.toLocaleString('en')} draws)`,
    passes: chance > LEAST_CHANCE,
  }
}

/** Whole reports of few buckets; and of many, which pair of buckets is in. */
function overSubsets(draws: number, random: RandomIntegers): readonly Finding[] {
  const few = subsetDesign(6, 500_000)
  const table = enumerateDraws(few, 2)
  const reports = [...table.keys()]
  const many = subsetDesign(64, 1_000_000)
  const { p, q } = chancesOf(many)
  const bothOfOthers = (p * (many.d - 1) * (many.d - 2) + (1 - p) * many.d * (many.d - 1)) / (63 * 62)
  return [
    follows(
      'reports, k 6',
      draws,
      () => reports.indexOf(drawSubset(few, 2, random)[0]!),
      reports.map((report) => Number(table.get(report))),
    ),
    follows(
      'two buckets of a report, k 64',
      draws,
      () => {
        const bits = drawSubset(many, 63, random)
        return (bits[0]! & 1) + 2 * (bits[4]! & 1)
      },
      [1 - 2 * q + bothOfOthers, q - bothOfOthers, q - bothOfOthers, bothOfOthers],
    ),
  ]
}

function shape(weight: (z: number) => number): readonly number[] {
  return Array.from({ length: 2 * WIDTH + 1 }, (_, at) => weight(at - WIDTH))
}

function laplace(z: number): number {
  return Math.exp(-Math.abs(z) / 2)
}

/**
 * A report that only some visitors could send would give them away, whatever the chances of all others: of how many buckets each report can be. Of the mutant,
 * the true bucket is always in: what does not hold a bucket is then of none of its visitors.
 */
function subsetsInvertible(isMutant: boolean): Finding {
  let [reports, telling] = [0, 0]
  for (const k of [2, 4, 6])
    for (const epsilon of [0.5, 1, 2, 4]) {
      const design = subsetDesign(k, epsilon * 1e6)
      const tables = Array.from({ length: k }, (_, bucket) => enumerateDraws(isMutant ? { ...design, threshold: 2 ** 32 } : design, bucket))
      for (const report of new Set(tables.flatMap((table) => [...table.keys()]))) {
        reports++
        if (tables.filter((table) => (table.get(report) ?? 0n) > 0n).length < k) telling++
      }
    }
  return {
    audit: isMutant ? 'mutant: the true bucket is always in' : 'invertibility: reports, k 2 to 6, ε 0.5 to 4',
    stated: isMutant ? 'caught: reports that not every visitor can send' : 'every report possible for every visitor',
    measured: `${telling} of ${reports} reports are not`,
    passes: telling > 0 === isMutant,
  }
}

/** Of outputs for 0 and for 1, how many can have come from one of them only. @param isMutant they must be found out then. */
function noiseInvertible(
  name: string,
  isMutant: boolean,
  output: (value: number) => number,
  isReachableNoise: (noise: number) => boolean,
): Finding {
  const outputs = 2_000
  let traced = 0
  for (let at = 0; at < outputs; at++) {
    const noisy = output(at % 2)
    if (isReachableNoise(noisy) !== isReachableNoise(noisy - 1)) traced++
  }
  const share = traced / outputs
  return {
    audit: isMutant ? `mutant: ${name}` : `invertibility: ${name}`,
    stated: isMutant ? 'caught: most outputs traced to their input' : 'no output traced to its input',
    measured: `${digits(100 * share, 3)} % of ${outputs} traced`,
    passes: isMutant ? share > 0.5 : share === 0,
  }
}

/** Noise of whole numbers, as often as it is drawn: which numbers it gives is seen, not believed. Beyond `COMMON`, few draws need not have given all. */
function wholeNoise(name: string, isMutant: boolean, draws: number, draw: () => number): Finding {
  const seen = new Set(Array.from({ length: draws }, draw))
  return noiseInvertible(
    name,
    isMutant,
    (value) => value + draw(),
    (noise) => Math.abs(noise) > COMMON || seen.has(noise),
  )
}

function floatSum(random: RandomIntegers): (value: number) => number {
  return (value) => value + floatLaplace(random.below(2 ** 32), 2)
}
