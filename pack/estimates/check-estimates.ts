import { SottoError } from '../../src/shared/errors'
import { epochOf, epochStart } from '../../src/shared/signals/epoch'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { readPlan } from '../../src/shared/signals/read-plan'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'

/** Whole metrics of fewer are withheld. */
const FEWEST_REPORTS = 50

type Fields = Readonly<Record<string, unknown>>

/**
 * Takes what a collector published, parsed, for estimates: every number is looked at, and that metrics, groups and buckets are those of their plan.
 * @param now ms since 1970: no epoch that has not ended can be published.
 * @returns the same object.
 * @throws SottoError `invalid-argument`: the message says what was expected and what came, `details.path` where; `plan-invalid` as `readPlan`.
 */
export function checkEstimates(value: unknown, now: number): EstimatesDocument {
  const { sotto, plans, epochs } = fieldsOf('', value)
  const isOther = typeof sotto === 'string' && /^estimates\/\d+$/.test(sotto)
  const expected = isOther
    ? 'this version reads that alone: use a collector and a sotto of one version'
    : 'as GET /v1/estimates of a collector says'
  expect('sotto', `'estimates/1' (${expected})`, sotto, sotto === 'estimates/1')
  const known = new Map(Object.entries(fieldsOf('plans', plans)).map(([hash, plan]) => [hash, readPlan(plan)]))
  const seen = new Set<unknown>()
  for (const [at, one] of listOf('epochs', epochs).entries()) {
    const path = `epochs[${at}]`
    checkEpoch(path, one, known, now)
    const { epoch } = one as { epoch: number } // checked in the line before
    expect(`${path}.epoch`, 'in the list once: an epoch is published once', epoch, !seen.has(epoch))
    seen.add(epoch)
  }
  return value as EstimatesDocument // as every line above has made sure of
}

function checkEpoch(path: string, value: unknown, plans: ReadonlyMap<string, SignalPlan>, now: number): void {
  const { epoch, begins, ends, metrics } = fieldsOf(path, value)
  expect(`${path}.epoch`, 'the number of a week that is over', epoch, isWhole(epoch) && epoch < epochOf(now))
  const start = epochStart(epoch as number) // a number, as the line before has seen
  const end = epochStart((epoch as number) + 1)
  expect(`${path}.begins`, `the beginning of that week, ${new Date(start).toISOString()}`, begins, timeOf(begins) === start)
  expect(`${path}.ends`, `its end, ${new Date(end).toISOString()}`, ends, timeOf(ends) === end)
  for (const [at, metric] of listOf(`${path}.metrics`, metrics).entries()) checkMetric(`${path}.metrics[${at}]`, metric, plans)
}

function checkMetric(path: string, value: unknown, plans: ReadonlyMap<string, SignalPlan>): void {
  const { plan, name, counts, coverage, groups, withheld } = fieldsOf(path, value)
  const asked = plans.get(String(plan))
  if (!asked) refuse(`${path}.plan`, 'the hash of one of the plans', plan)
  const metric = asked.metrics.find((one) => one.name === name)
  if (!metric) refuse(`${path}.name`, `one of ${asked.metrics.map((one) => one.name).join(', ')}`, name)
  expect(`${path}.counts`, `'${metric.counts}', as in its plan`, counts, counts === metric.counts)
  expect(`${path}.coverage`, 'a number from 0 to 1', coverage, isNumber(coverage) && coverage >= 0 && coverage <= 1)
  if (groups === undefined) expect(`${path}.withheld`, 'a reason, where there are no groups', withheld, typeof withheld === 'string')
  else checkGroups(`${path}.groups`, groups, metric)
}

function checkGroups(path: string, value: unknown, metric: Metric): void {
  const list = listOf(path, value)
  const names = groupsOf(metric)
  expect(path, `a list of ${names.length}`, value, list.length === names.length)
  let total = 0
  for (const [at, one] of list.entries()) {
    const here = `${path}[${at}]`
    const { group, reports, buckets, mean } = fieldsOf(here, one)
    expect(`${here}.group`, `'${names[at]}', as in its plan`, group, group === names[at])
    expect(`${here}.reports`, 'a whole number', reports, isWhole(reports))
    total += reports as number // a number, as the line before has seen
    checkBuckets(`${here}.buckets`, buckets, bucketsOf(metric))
    if (mean !== undefined) checkInterval(`${here}.mean`, mean)
  }
  expect(path, `of ${FEWEST_REPORTS} reports or more, or withheld`, total, total >= FEWEST_REPORTS)
}

function checkBuckets(path: string, value: unknown, names: readonly string[]): void {
  const list = listOf(path, value)
  expect(path, `a list of ${names.length}`, value, list.length === names.length)
  for (const [at, one] of list.entries()) {
    const { bucket } = fieldsOf(`${path}[${at}]`, one)
    expect(`${path}[${at}].bucket`, `'${names[at]}', as in its plan`, bucket, bucket === names[at])
    checkInterval(`${path}[${at}]`, one)
  }
}

function checkInterval(path: string, interval: unknown): void {
  const { value, low, high } = fieldsOf(path, interval)
  for (const [name, one] of Object.entries({ value, low, high })) expect(`${path}.${name}`, 'a finite number', one, isNumber(one))
  const isInOrder = Number(low) <= Number(value) && Number(value) <= Number(high)
  expect(path, 'an interval around its value', `${low} to ${high} around ${value}`, isInOrder)
}

function fieldsOf(path: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(path, 'an object', value)
  return value as Fields // any object can be read by key
}

function listOf(path: string, value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : refuse(path, 'a list', value)
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value)
}

function isWhole(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0
}

function timeOf(value: unknown): number {
  return typeof value === 'string' ? Date.parse(value) : Number.NaN
}

function expect(path: string, expected: string, got: unknown, holds: boolean): void {
  if (!holds) refuse(path, expected, got)
}

function refuse(path: string, expected: string, got: unknown): never {
  const shown =
    typeof got === 'object' && got !== null ? (Array.isArray(got) ? `a list of ${got.length}` : 'an object') : String(got).slice(0, 80)
  throw new SottoError('invalid-argument', `estimates: ${path || 'the document'} must be ${expected}; got ${shown}`, { path })
}
