import { UsageError } from '../command/usage-error'
import type { DapAggregate } from './publish-aggregate'

/** What was collected of an epoch. */
export type Aggregates = {
  readonly epoch: number
  /** By the metric's name. */
  readonly metrics: ReadonlyMap<string, DapAggregate>
}

/**
 * Reads `{ "epoch": 2900, "metrics": { "funnel": { "reports": 812, "sums": ["640", 97, …] } } }`. Sums may be texts, since elements of a field are longer than
 * numbers in JSON hold.
 * @throws UsageError naming what is wrong.
 */
export function readAggregates(text: string): Aggregates {
  const { epoch, metrics } = objectIn(parsed(text), 'the aggregates')
  if (!isCount(epoch)) throw new UsageError('epoch of the aggregates is not a whole number from 0 on')
  const read = Object.entries(objectIn(metrics, 'metrics of the aggregates')).map(
    ([name, value]) => [name, readAggregate(name, value)] as const,
  )
  return { epoch, metrics: new Map(read) }
}

function readAggregate(name: string, value: unknown): DapAggregate {
  const { reports, sums } = objectIn(value, `the aggregate of ${name}`)
  if (!isCount(reports)) throw new UsageError(`reports of ${name} is not a whole number from 0 on`)
  if (!Array.isArray(sums)) throw new UsageError(`sums of ${name} is not a list`)
  return { reports, sums: sums.map((sum: unknown) => readSum(name, sum)) }
}

function readSum(name: string, sum: unknown): bigint {
  if (isCount(sum) || (typeof sum === 'string' && /^\d{1,39}$/.test(sum))) return BigInt(sum)
  throw new UsageError(`a sum of ${name} is not a whole number from 0 on; beyond 2^53, write it as a text`)
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`the aggregates are no JSON: ${cause}`)
  }
}

function objectIn(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Readonly<Record<string, unknown>> // As just seen.
  throw new UsageError(`${what}: expected an object`)
}
