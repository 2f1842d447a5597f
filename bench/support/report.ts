import { availableParallelism } from 'node:os'
import type { Spread } from './spread'

/** One series of measurements, one value a round. */
export type Figure = Spread & { readonly name: string; readonly unit: string }

/** What a bench found: figures of one machine, worth comparing only with one another. */
export type Report = {
  readonly name: string
  /** What the ratio compares. */
  readonly compares: string
  /** Sizes it ran with. */
  readonly sizes: Readonly<Record<string, number>>
  readonly rounds: number
  readonly browser: string
  readonly cores: number
  readonly figures: readonly Figure[]
  /** Of medians; where there are several cases, the one nearest to its budget. */
  readonly ratio: number
  readonly budget: { readonly atMost: number } | { readonly atLeast: number }
  /** What must not happen at all and did, in words. */
  readonly faults: readonly string[]
  readonly isWithin: boolean
}

/** Adds the machine, and whether the ratio keeps to its budget and nothing forbidden happened. */
export function report(found: Omit<Report, 'cores' | 'isWithin'>): Report {
  const { ratio, budget, faults } = found
  const isKept = 'atMost' in budget ? ratio <= budget.atMost : ratio >= budget.atLeast
  return { ...found, cores: availableParallelism(), isWithin: isKept && faults.length === 0 }
}

/** The same for people: a line a figure, and the ratio against its budget. */
export function asTable(found: Report): string {
  const { name, compares, sizes, rounds, browser, cores, figures, ratio, budget, faults, isWithin } = found
  const width = Math.max(...figures.map((figure) => figure.name.length))
  const limit = 'atMost' in budget ? `at most ${budget.atMost}` : `at least ${budget.atLeast}`
  return [
    `${name}: ${Object.entries(sizes)
      .map(([size, count]) => `${count} ${size}`)
      .join(', ')}; ${rounds} rounds, Chromium ${browser}, ${cores} cores`,
    ...figures.map((figure) => {
      const { unit, q1, median, q3 } = figure
      return `  ${figure.name.padEnd(width)}  ${median.toFixed(2).padStart(9)} ${unit}  (quartiles ${q1.toFixed(2)} to ${q3.toFixed(2)})`
    }),
    ...faults.map((fault) => `  FAULT ${fault}`),
    `  ${isWithin ? 'ok' : 'OVER'}  ratio ${ratio.toFixed(2)}, ${limit}: ${compares}`,
  ].join('\n')
}
