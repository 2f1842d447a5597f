import { HEADLINES } from '../../pack/evaluate/headline'
import type { Demand } from '../support/report'
import type { FoundQuality } from './found-quality'

const MOST_MS_A_USER = 10
const MOST_LEARNING_MINUTES = 30
const MOST_PACK_BYTES = 4_000_000
const MOST_CORE_BYTES = 300_000

/** What was measured against what it must be. Of models that were not measured nothing is said: see `notRun`. */
export function qualityDemands({ data, evaluations, pack }: FoundQuality): Demand[] {
  const { title, protocol } = data
  const [{ models, cases, allCases } = NOTHING] = evaluations
  const asked = cases < allCases ? ` on ${cases} of ${allCases} cases` : ''
  const quality = data.demands.flatMap(({ model, figure, atLeast, why }): Demand[] => {
    const found = models.find((each) => each.model === model)
    if (!found) return []
    const { metric, cutoff } = HEADLINES[protocol][figure]!
    const { mean } = found.quality.at[cutoff]![metric]
    const compares = `${title}: ${model}, ${metric.toUpperCase()}@${cutoff} of ${mean.toFixed(4)}${asked} against ${atLeast.toFixed(4)}, ${why}`
    return [{ compares, ratio: mean / atLeast, budget: { atLeast: 1 } }]
  })
  const blend = models.find(({ model }) => model === 'blend')
  const speed = blend
    ? [atMost(`${title}: the blend's milliseconds a user`, blend.quality.msPerCase, MOST_MS_A_USER, (ms) => ms.toFixed(2))]
    : []
  // Where time is cut into slices it is learned many times over, which no shop does at once.
  const learning =
    blend && protocol !== 'next-basket'
      ? [
          atMost(
            `${title}: minutes of choosing and learning the blend`,
            minutes(blend.chooseMs + blend.learnMs),
            MOST_LEARNING_MINUTES,
            short,
          ),
        ]
      : []
  return [...quality, ...speed, ...learning, ...(pack ? packDemands(title, pack) : [])]
}

/** Models that something is demanded of and that were not measured, a line each. */
export function notRun({ data, evaluations }: FoundQuality): string[] {
  const [{ models, absent } = NOTHING] = evaluations
  const missing = [...new Set(data.demands.map(({ model }) => model))].filter((model) => !models.some((each) => each.model === model))
  return missing.map((model) => {
    const reason = absent.find((each) => each.model === model)?.reason
    return `not run: ${data.title}: ${model}, of which something is demanded${reason === undefined ? '' : `: ${reason}`}`
  })
}

const NOTHING = { models: [], absent: [], cases: 0, allCases: 0 } as const

function packDemands(title: string, { coreBytes, allBytes, ms, support, items }: NonNullable<FoundQuality['pack']>): Demand[] {
  const pack = `${title}: a pack of ${items} items with the default parts, support ${support}`
  return [
    atMost(`${pack}: MB by gzip in all`, allBytes / 1e6, MOST_PACK_BYTES / 1e6, (size) => size.toFixed(2)),
    atMost(`${pack}: KB by gzip before the first shelf`, coreBytes / 1e3, MOST_CORE_BYTES / 1e3, (size) => size.toFixed(0)),
    atMost(`${pack}: minutes to make it`, minutes(ms), MOST_LEARNING_MINUTES, short),
  ]
}

function atMost(what: string, found: number, most: number, told: (value: number) => string): Demand {
  return { compares: `${what}, ${told(found)} against ${most}`, ratio: found / most, budget: { atMost: 1 } }
}

function minutes(ms: number): number {
  return ms / 60_000
}

function short(value: number): string {
  return value.toFixed(1)
}
