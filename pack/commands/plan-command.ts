import { readFileSync, writeFileSync } from 'node:fs'
import { SottoError } from '../../src/shared/errors'
import { shopPlan } from '../../src/shared/signals/default-plan'
import { hashPlan, hex } from '../../src/shared/signals/plan-hash'
import { readPlan } from '../../src/shared/signals/read-plan'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { systemReason } from '../../src/shared/system-reason'
import { type Audience, USUAL_AUDIENCE } from '../signals/audience'
import { checkPlan } from '../signals/check-plan'
import { checkWords } from '../signals/check-words'
import type { Command, CommandIo } from './command'
import { parseArguments } from './parse-arguments'
import { UsageError } from './usage-error'

const { returning, fresh, visits, epochs } = USUAL_AUDIENCE

const CHECK_OPTIONS = {
  visitors: { type: 'string' },
  returning: { type: 'string', default: String(returning) },
  new: { type: 'string', default: String(fresh) },
  visits: { type: 'string', default: String(visits) },
  epochs: { type: 'string', default: String(epochs) },
  from: { type: 'string', default: '0.03' },
  to: { type: 'string', default: '0.033' },
  json: { type: 'string' },
} as const

/** `sotto plan`: a signal plan to begin with, and what a plan will tell before it is used. */
export const planCommand: Command = {
  name: 'plan',
  summary: 'begin a signal plan, or check how exact what it tells will be',
  usage: `Usage: sotto plan new --categories "NAME,NAME,..." > plan.json
       sotto plan check PLAN.json --visitors N [options]

new prints a plan for a shop: how far visits get, and which categories draw them.

  --categories LIST  narrowest categories, as the feed names them: best the dozen that sell most

check refuses a plan that devices would refuse. Of any other it says by an example what each metric will tell, what should be changed, and in full how
exact the estimates will be: the 95 % interval of a share, and the least change that can be told from chance; in mode local and with DAP, side by side.

  --visitors N       browsers that come in a week
  --returning SHARE  of them come in the week after, too (default ${returning})
  --new SHARE        of them come for the first time (default ${fresh})
  --visits N         visits a week of one that comes: one report leaves in each (default ${visits})
  --epochs N         weeks that are looked at together (default ${epochs})
  --from RATE --to RATE
                     what an A/B test is to see (default 0.03 to 0.033)
  --json FILE        also writes the figures, as JSON; why it failed is then told as JSON, too`,

  async run([action, ...args], io) {
    switch (action) {
      case 'new':
        return begin(args, io)
      case 'check':
        return check(args, io)
      default:
        throw new UsageError(`${action === undefined ? 'an action is missing' : `there is no "${action}"`}, expected new or check`)
    }
  },
}

function begin(args: readonly string[], io: CommandIo): number {
  const { values } = parseArguments(args, { categories: { type: 'string' } })
  if (values.categories === undefined) throw new UsageError('--categories is missing: which categories does the shop have?')
  const names = values.categories.split(',').map((name) => name.trim())
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) < at)
  if (twice !== undefined) throw new UsageError(`--categories names "${twice}" twice`)
  io.print(JSON.stringify(shopPlan({ categories: names.filter((name) => name !== '') }), null, 2))
  return 0
}

async function check(args: readonly string[], io: CommandIo): Promise<number> {
  const { values, positionals } = parseArguments(args, CHECK_OPTIONS, ['PLAN.json'])
  if (values.visitors === undefined) throw new UsageError('--visitors is missing: how many browsers come in a week?')
  const audience: Audience = {
    visitors: numberOf('visitors', values.visitors, 1, 1e10),
    returning: numberOf('returning', values.returning, 0, 1),
    fresh: numberOf('new', values.new, 0, 1),
    visits: numberOf('visits', values.visits, 1, 1000),
    epochs: wholeOf('epochs', values.epochs, 1, 53),
  }
  const from = numberOf('from', values.from, 0, 1)
  const to = numberOf('to', values.to, 0, 1)
  if (from === to) throw new UsageError('--from and --to are the same: there is no change to see')
  const path = positionals[0]! // it is there: it was asked for
  const content = asFile(`${path} cannot be read`, 'a signal plan, as sotto plan new prints one', () => readFileSync(path))
  const found = checkPlan(planFrom(path, content.toString('utf8')), audience, { from, to })
  const { json } = values
  if (json !== undefined)
    asFile(`--json ${json} cannot be written`, 'a file in a folder that can be written to', () =>
      writeFileSync(json, `${JSON.stringify(found, null, 2)}\n`),
    )
  io.print(checkWords(found).join('\n'))
  io.print(`planHash, to pin this very file: ${hex(await hashPlan(content))}`)
  return 0
}

/** What `use` gives. @throws SottoError `invalid-argument` with the system's reason in words. */
function asFile<Used>(what: string, expected: string, use: () => Used): Used {
  try {
    return use()
  } catch (cause) {
    throw new SottoError('invalid-argument', `${what}: ${systemReason(cause)}; expected ${expected}`, {}, { cause })
  }
}

/** @throws SottoError `plan-invalid` naming the file. */
function planFrom(path: string, text: string): SignalPlan {
  try {
    return readPlan(JSON.parse(text))
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new SottoError('plan-invalid', `${path} is not JSON: ${cause.message}`, { path: '' }, { cause })
    if (cause instanceof SottoError) {
      const hint = cause.details.path === 'sottoPlan' ? '; is it a signal plan? sotto plan new prints one' : ''
      throw new SottoError(cause.code, `${path}: ${cause.message}${hint}`, cause.details, { cause })
    }
    throw cause
  }
}

function numberOf(option: string, text: string, least: number, most: number): number {
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (!(value >= least && value <= most)) throw new UsageError(`--${option} is "${text}", expected a number from ${least} to ${most}`)
  return value
}

function wholeOf(option: string, text: string, least: number, most: number): number {
  const value = numberOf(option, text, least, most)
  if (!Number.isInteger(value)) throw new UsageError(`--${option} is "${text}", expected a whole number`)
  return value
}
