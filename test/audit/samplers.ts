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
    subsetsInvertible(),
    noiseInvertible('discrete Laplace', 0, (value) => value + discreteLaplace(laplaceScale(1, 500_000), random), Number.isInteger),
    noiseInvertible('mutant: Laplace of 32-bit floats', 1, floatSum(random), (noise) => isReachable(noise, 2)),
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

/** A report that only some visitors could send would give them away, whatever the chances of all others. */
function subsetsInvertible(): Finding {
  const design = subsetDesign(6, 500_000)
  const tables = Array.from({ length: 6 }, (_, bucket) => enumerateDraws(design, bucket))
  const reports = new Set(tables.flatMap((table) => [...table.keys()]))
  const telling = [...reports].filter((report) => tables.some((table) => !table.has(report))).length
  return {
    audit: 'invertibility: reports',
    stated: 'every report possible for every visitor',
    measured: `${telling} of ${reports.size} reports are not`,
    passes: telling === 0,
  }
}

/** Of outputs for 0 and for 1, how many can have come from one of them only. @param stated the share that must be found. */
function noiseInvertible(
  name: string,
  stated: 0 | 1,
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
    audit: `invertibility: ${name}`,
    stated: stated === 0 ? 'no output traced to its input' : 'caught: most outputs traced to their input',
    measured: `${digits(100 * share, 3)} % of ${outputs} traced`,
    passes: stated === 0 ? share === 0 : share > 0.5,
  }
}

function floatSum(random: RandomIntegers): (value: number) => number {
  return (value) => value + floatLaplace(random.below(2 ** 32), 2)
}
