import { SottoError } from '../errors'
import { MAX_PRICE } from '../limits'
import { EPOCH_MS } from './epoch'
import { bucketsOf, groupsOf } from './metric-buckets'
import { EPOCH_BUDGET, MICRO } from './privacy-budget'
import { sensitiveWord } from './sensitive-words'
import {
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

type Fields = { readonly [field: string]: Check }
/** Refuses, or returns whatever. `path` as in `.metrics[1].bands[2]`; empty for the whole. Visitors download it all: hence so terse. */
type Check = (value: unknown, path: string) => unknown

function refuse(path: string, expected: string, got: unknown): never {
  const size = Array.isArray(got) ? `a list of ${got.length}` : 'an object'
  const came = got === Object(got) ? size : typeof got === 'string' ? `'${got.slice(0, 40)}'` : String(got)
  throw new SottoError('plan-invalid', `signal plan: ${path.slice(1)} must be ${expected}; got ${came}`, { path: path.slice(1) })
}

/** @param words what fits, for people. */
function must(words: string, holds: (value: unknown) => boolean): Check {
  return (value, path) => holds(value) || refuse(path, words, value)
}

function like(words: string, rule: RegExp): Check {
  return must(words, (value) => typeof value === 'string' && rule.test(value))
}

function oneOf(...known: readonly unknown[]): Check {
  return must(`one of ${known}`, (value) => known.includes(value))
}

function object(fields: Fields): Check {
  return (value, path) => {
    if (value !== Object(value) || Array.isArray(value)) refuse(path, 'an object', value)
    // A misspelt field would otherwise be ignored in silence.
    for (const field in value as object) oneOf(...Object.keys(fields))(field, `${path}.${field}`)
    for (const field in fields) fields[field]!((value as Readonly<Record<string, unknown>>)[field], `${path}.${field}`) // as just seen
  }
}

function optional(check: Check): Check {
  return (value, path) => value === undefined || check(value, path)
}

function list(check: Check, most: number = MOST_BUCKETS.dap, least = 1): Check {
  return (value, path) => {
    if (!Array.isArray(value) || value.length < least || value.length > most) refuse(path, `a list of ${least} to ${most}`, value)
    for (let at = 0; at < value.length; at++) check(value[at], `${path}[${at}]`)
  }
}

/** @param holds has not to think of NaN: it is neither above nor at most anything. */
function number(words: string, holds: (value: number) => boolean): Check {
  return must(`a number ${words}`, (value) => typeof value === 'number' && holds(value))
}

function above(least: number, most = MAX_PRICE): Check {
  return number(`above ${least}, at most ${most}`, (value) => value > least && value <= most)
}

/** Two of one name could not be told apart. */
function checkDistinct(names: readonly unknown[], path: string): void {
  if (new Set(names).size < names.length) refuse(path, 'of different names', names)
}

/** No line ends: nothing can be slipped into a header or a log. */
const text = like('a line of 1 to 500 characters', /^(?=.*\S)[^\p{Cc}\p{Cs}]{1,500}$/u)
/** Without a name and password; in clear only on the machine itself, to try out. */
const url = like('an https address', /^(https:\/\/|http:\/\/(localhost|127\.0\.0\.1)[:/])[!-?A-~]+$/)
const money = { of: oneOf('basket', 'spent'), currency: like('like EUR', /^[A-Z]{3}$/) }

const category: Check = (value, path) => {
  text(value, path)
  const word = sensitiveWord(String(value))
  if (word) refuse(path, `no matter of health, sexuality, religion, politics or origin ('${word}')`, value)
}

const bands: Check = (value, path) => {
  let last = 0
  list((bound, at) => {
    above(last)(bound, at)
    last = Number(bound)
  })(value, path)
}

const KINDS: Readonly<Record<MetricKind, Fields>> = {
  interest: { categories: list(category) },
  item: { event: oneOf('viewed', 'carted', 'bought'), items: list(text) },
  segment: { by: oneOf(...Object.keys(SEGMENTS)) },
  funnel: {},
  shelf: { slot: text },
  campaign: { promotion: text },
  amount: { ...money, bands },
  mean: { ...money, most: above(0) },
  rank: { slot: optional(text) },
  latency: { bands },
  backend: {},
  errors: {},
  experiment: { variants: list(text, MOST_GROUPS, 2), goal: oneOf('clicked', 'carted', 'bought') },
  ranker: { features: list(text), clip: optional(above(0)) },
}

/** More could never be paid, and with less no number of visitors that a site has shows anything. */
const epsilon = number("from 0.01 to 2 (a week's whole budget)", (value) => value >= 0.01 && value * MICRO <= EPOCH_BUDGET)

const metric: Check = (value, path) => {
  const { counts } = Object(value)
  oneOf(...Object.keys(KINDS))(counts, `${path}.counts`)
  const name = like('1 to 40 of a-z, 0-9, -', /^[a-z0-9-]{1,40}$/)
  object({ name, counts: text, title: optional(text), epsilon: optional(epsilon), ...KINDS[counts as MetricKind] })(value, path) // as just seen
}

const wholePlan = object({
  sottoPlan: () => {}, // the first thing that is looked at
  purpose: text,
  mode: optional(oneOf('local', 'dap')),
  metrics: list(metric, MOST_METRICS),
  participation: optional(above(0, 1)),
  firstSession: optional(number('from 0 to 1', (value) => value >= 0 && value <= 1)),
  dap: optional(
    object({
      leader: url,
      helper: url,
      // The last of 43 digits holds four bits.
      tasks: list(like('32 bytes in base64url', /^[\w-]{42}[AEIMQUYcgkosw048]$/), MOST_METRICS),
      timePrecision: number('of whole seconds, a week at most', (value) => value > 0 && value * 1000 <= EPOCH_MS && value % 1 === 0),
    }),
  ),
})

/**
 * Takes what a plan's address answered, parsed, for a plan; device, collector and reader all go by it.
 *
 * @param value of any shape.
 * @returns the same object.
 * @throws SottoError `plan-invalid`: the message says what was expected and what came, `details.path` where (`metrics[1].bands[2]`).
 */
export function readPlan(value: unknown): SignalPlan {
  // First: a plan of tomorrow may have fields of tomorrow.
  const { sottoPlan } = Object(value)
  if (sottoPlan !== PLAN_VERSION) refuse('.sottoPlan', String(PLAN_VERSION), sottoPlan)
  wholePlan(value, '')
  const plan = value as SignalPlan // which the lines above have made sure of, but for what concerns several fields at once
  const { mode = 'local', metrics, dap } = plan
  if ((mode === 'dap') !== !!dap) refuse('.dap', "there where mode is 'dap', and only there", dap)
  if (dap && dap.tasks.length !== metrics.length) refuse('.dap.tasks', `one a metric, ${metrics.length}`, dap.tasks)
  checkDistinct(dap?.tasks ?? [], '.dap.tasks')
  checkDistinct(
    metrics.map(({ name }) => name),
    '.metrics',
  )
  metrics.forEach((metric, at) => {
    checkSize(metric, `.metrics[${at}]`, mode)
  })
  return plan
}

function checkSize(metric: Metric, path: string, mode: 'local' | 'dap'): void {
  const most = metric.counts === 'ranker' ? MOST_COORDINATES[mode] : MOST_GROUPS
  const buckets = bucketsOf(metric)
  const groups = groupsOf(metric)
  if (buckets.length > MOST_BUCKETS[mode] || groups.length > most) {
    refuse(path, `of at most ${MOST_BUCKETS[mode]} buckets and ${most} groups`, groups.length > most ? groups : buckets)
  }
  checkDistinct(buckets, path)
  checkDistinct(groups, path)
}
