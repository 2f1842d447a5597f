import { availableParallelism, cpus } from 'node:os'
import { inDigits } from './digits'
import type { Spread } from './spread'
import { asText, type Table } from './table'

/** One series of measurements, one value a round. */
export type Figure = Spread & { readonly name: string; readonly unit: string }

/** What was found against what it must be. */
export type Demand = {
  /** What the ratio compares. */
  readonly compares: string
  /** Of medians, or of rounds; where there are several cases, the one nearest to its budget. */
  readonly ratio: number
  readonly budget: { readonly atMost: number } | { readonly atLeast: number }
}

/** What a bench found: figures of one machine, worth comparing only with one another. */
export type Report = {
  readonly name: string
  /** Sizes it ran with. */
  readonly sizes: Readonly<Record<string, number>>
  readonly rounds: number
  readonly browser: string
  readonly cores: number
  /** The processor's name, as the operating system tells it. */
  readonly processor: string
  readonly figures: readonly Figure[]
  /** What it comes to, a line each. */
  readonly summary?: readonly string[]
  /** The figures for people, where there are too many for a line each. */
  readonly tables?: readonly Table[]
  /** What else is to be known of the figures. */
  readonly notes?: readonly string[]
  readonly demands: readonly (Demand & { readonly isKept: boolean })[]
  /** What must not happen at all and did, in words. */
  readonly faults: readonly string[]
  readonly isWithin: boolean
}

/** Adds the machine, and whether every ratio keeps to its budget and nothing forbidden happened. */
export function report(
  found: Omit<Report, 'cores' | 'processor' | 'isWithin' | 'demands'> & { readonly demands: readonly Demand[] },
): Report {
  const demands = found.demands.map((demand) => ({ ...demand, isKept: isKept(demand) }))
  return {
    ...found,
    demands,
    cores: availableParallelism(),
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    isWithin: demands.every((demand) => demand.isKept) && found.faults.length === 0,
  }
}

function isKept({ ratio, budget }: Demand): boolean {
  return 'atMost' in budget ? ratio <= budget.atMost : ratio >= budget.atLeast
}

/** The same for people: a line a figure or the tables, and each ratio against its budget. */
export function asTable(found: Report): string {
  const { name, sizes, rounds, browser, cores, processor, figures, summary = [], tables, notes = [], demands, faults } = found
  const width = Math.max(...figures.map((figure) => figure.name.length))
  return [
    `${name}: ${Object.entries(sizes)
      .map(([size, count]) => `${count} ${size}`)
      .join(', ')}; ${rounds} rounds, Chromium ${browser}, ${cores} cores (${processor})`,
    ...summary.map((line) => `  ${line}`),
    ...(tables?.map(asText) ??
      figures.map((figure) => {
        const { unit, q1, median, q3 } = figure
        return `  ${figure.name.padEnd(width)}  ${median.toFixed(2).padStart(9)} ${unit}  (quartiles ${q1.toFixed(2)} to ${q3.toFixed(2)})`
      })),
    ...notes.map((note) => `  ${note}`),
    ...faults.map((fault) => `  FAULT ${fault}`),
    ...demands.map(({ compares, ratio, budget, isKept }) => {
      return `  ${isKept ? 'ok' : 'OVER'}  ratio ${inDigits(ratio)}, ${inWords(budget)}: ${compares}`
    }),
  ].join('\n')
}

/** E.g. `at most 2`. */
export function inWords(budget: Demand['budget']): string {
  return 'atMost' in budget ? `at most ${budget.atMost}` : `at least ${budget.atLeast}`
}
