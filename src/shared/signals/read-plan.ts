import { SottoError } from '../errors'
import { MAX_PRICE, MAX_TEXT_LENGTH } from '../limits'
import { EPOCH_MS } from './epoch'
import { bucketsOf, groupsOf } from './metric-buckets'
import { EPOCH_BUDGET, MICRO } from './privacy-budget'
import { sensitiveWord } from './sensitive-words'
import {
  LEAST_BUCKETS,
  type Metric,
  type MetricKind,
  MOST_BUCKETS,
  MOST_COORDINATES,
  MOST_GROUPS,
  MOST_METRICS,
  PLAN_VERSION,
  SEGMENTS,
  type SignalPlan,
} from './signal-plan'

/** Checks one value of a plan; the path names it, as in `metrics[1].bands[2]`. */
type Rule = (value: unknown, path: string) => void

/** Below it, no number of visitors that a site has lets anything be seen. */
const LEAST_EPSILON = 0.01
const MOST_EPSILON = EPOCH_BUDGET / MICRO

function refuse(path: string, expected: string, got: unknown): never {
  throw new SottoError('plan-invalid', `signal plan: ${path} must be ${expected}; got ${shown(got)}`, { path })
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value.slice(0, 40)}'`
  if (Array.isArray(value)) return `a list of ${value.length}`
  return typeof value === 'object' && value ? 'an object' : String(value)
}

function test(expected: string, holds: (value: unknown) => boolean): Rule {
  return (value, path) => {
    if (!holds(value)) refuse(path, expected, value)
  }
}

const optional =
  (rule: Rule): Rule =>
  (value, path) =>
    value === undefined || rule(value, path)

function shape(rules: Readonly<Record<string, Rule>>): Rule {
  return (value, path) => {
    if (typeof value !== 'object' || !value || Array.isArray(value)) refuse(path || 'the plan', 'an object', value)
    const at = path && `${path}.`
    // A misspelt field would otherwise be ignored in silence.
    for (const field in value) if (!Object.hasOwn(rules, field)) refuse(at + field, `one of ${Object.keys(rules).join(', ')}`, field)
    for (const field in rules) rules[field]!((value as Record<string, unknown>)[field], at + field) // any object can be read by key
  }
}

function list(rule: Rule, least: number, most: number): Rule {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) refuse(path, `a list of ${least} to ${most}`, value)
    for (let at = 0; at < value.length; at++) rule(value[at], `${path}[${at}]`)
  }
}

const matching = (expected: string, pattern: RegExp) => test(expected, (value) => typeof value === 'string' && pattern.test(value))
const oneOf = (...choices: readonly unknown[]) => test(`one of ${choices.join(', ')}`, (value) => choices.includes(value))
/** From `least` to `most`; NaN is neither. */
const number = (least: number, most: number, expected = `a number from ${least} to ${most}`) =>
  test(expected, (value) => typeof value === 'number' && value >= least && value <= most)
const aboveZero = (most: number) => number(Number.MIN_VALUE, most, `a number above 0, at most ${most}`)

const text = matching(`text of 1 to ${MAX_TEXT_LENGTH} characters, none of them a control character`, /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,500}$/u)
const name = matching('1 to 40 of a-z 0-9 -', /^[a-z0-9-]{1,40}$/)
const currency = matching('three capital letters (ISO 4217)', /^[A-Z]{3}$/)
const https = matching('an https URL', /^https:\/\/[^\s@]+$|^http:\/\/(?:localhost|127\.0\.0\.1)(?:[:/]\S*)?$/)
const texts = list(text, 1, MOST_BUCKETS.dap)
const of = oneOf('basket', 'spent')

const bands: Rule = (value, path) => {
  list(aboveZero(MAX_PRICE), 1, MOST_BUCKETS.dap)(value, path)
  const bounds = value as readonly number[] // checked in the line above
  bounds.forEach((bound, at) => {
    if (at && bound <= bounds[at - 1]!) refuse(`${path}[${at}]`, `above the bound before it, ${bounds[at - 1]}`, bound)
  })
}

const category: Rule = (value, path) => {
  text(value, path)
  const word = sensitiveWord(value as string) // checked in the line above
  if (word) refuse(path, `free of health, sexuality, religion, politics, trade unions and ethnic origin ('${word}')`, value)
}

/** What each kind has beside the fields of all. */
const KINDS: Readonly<Record<MetricKind, Readonly<Record<string, Rule>>>> = {
  interest: { categories: list(category, 1, MOST_BUCKETS.dap) },
  item: { event: oneOf('viewed', 'carted', 'bought'), items: texts },
  segment: { by: oneOf(...Object.keys(SEGMENTS)) },
  funnel: {},
  shelf: { slot: text },
  campaign: { promotion: text },
  amount: { of, currency, bands },
  mean: { of, currency, most: aboveZero(MAX_PRICE) },
  rank: { slot: optional(text) },
  latency: { bands },
  backend: {},
  errors: {},
  experiment: { variants: list(text, 2, MOST_GROUPS), goal: oneOf('clicked', 'carted', 'bought') },
  ranker: { features: texts, clip: optional(aboveZero(MAX_PRICE)) },
}

const EVERY_KIND = {
  name,
  title: optional(text),
  epsilon: optional(
    number(
      LEAST_EPSILON,
      MOST_EPSILON,
      `a number from ${LEAST_EPSILON} to ${MOST_EPSILON}: a week's whole budget, so that more could never be sent`,
    ),
  ),
}

const metric: Rule = (value, path) => {
  const counts = (value as Metric | undefined)?.counts // of anything at all: what it is not, the next lines say
  if (typeof counts !== 'string' || !Object.hasOwn(KINDS, counts))
    refuse(`${path}.counts`, `one of ${Object.keys(KINDS).join(', ')}`, counts)
  shape({ ...EVERY_KIND, counts: oneOf(counts), ...KINDS[counts] })(value, path)
}

const PLAN = shape({
  sottoPlan: oneOf(PLAN_VERSION),
  purpose: text,
  mode: optional(oneOf('local', 'dap')),
  metrics: list(metric, 1, MOST_METRICS),
  participation: optional(aboveZero(1)),
  firstSession: optional(number(0, 1)),
  dap: optional(
    shape({
      leader: https,
      helper: https,
      tasks: list(matching('base64url of 32 bytes', /^[\w-]{42}[AEIMQUYcgkosw048]$/), 1, MOST_METRICS),
      timePrecision: test('whole seconds, a week at most', (value) =>
        Number.isInteger(value) && Math.sign(value as number) > 0 && (value as number) * 1000 <= EPOCH_MS),
    }),
  ),
})

/** Two of one name could not be told apart. */
function checkDistinct(path: string, names: readonly string[]): void {
  names.forEach((name, at) => {
    if (names.indexOf(name) < at) refuse(path, 'a name of its own', name)
  })
}

/**
 * Takes what a plan's address answered, parsed, for a plan; device, collector and reader all go by it.
 *
 * @param value of any shape.
 * @returns the same object.
 * @throws SottoError `plan-invalid`: the message says what was expected and what came, `details.path` where (`metrics[1].bands[2]`).
 */
export function readPlan(value: unknown): SignalPlan {
  PLAN(value, '')
  const plan = value as SignalPlan // which the line above has made sure of, but for what concerns several fields at once
  const { mode = 'local', metrics, dap } = plan
  if ((mode === 'dap') !== (dap !== undefined)) refuse('dap', "there where mode is 'dap', and only there", dap)
  if (dap && dap.tasks.length !== metrics.length) refuse('dap.tasks', `a list of ${metrics.length}, one a metric`, dap.tasks)
  if (dap) checkDistinct('dap.tasks', dap.tasks)
  checkDistinct(
    'metrics',
    metrics.map(({ name }) => name),
  )
  metrics.forEach((metric, at) => {
    checkSize(metric, `metrics[${at}]`, mode)
  })
  return plan
}

function checkSize(metric: Metric, path: string, mode: keyof typeof MOST_BUCKETS): void {
  const buckets = bucketsOf(metric)
  const groups = groupsOf(metric)
  const most = metric.counts === 'ranker' ? MOST_COORDINATES[mode] : MOST_GROUPS
  if (buckets.length > MOST_BUCKETS[mode])
    refuse(path, `of ${LEAST_BUCKETS} to ${MOST_BUCKETS[mode]} buckets, all that fits nowhere included`, buckets)
  if (groups.length > most) refuse(path, `of at most ${most} groups in mode ${mode}`, groups)
  checkDistinct(path, buckets)
  checkDistinct(path, groups)
}
