import { existsSync, renameSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { SottoError } from '../../src/shared/errors'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { hashPlan, hex } from '../../src/shared/signals/plan-hash'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { readPlan } from '../../src/shared/signals/read-plan'
import { systemReason } from '../../src/shared/system-reason'
import { readOptionFile } from '../command/read-option-file'
import { UsageError } from '../command/usage-error'
import { addEpoch } from './add-epoch'
import { janusTasks } from './janus-tasks'
import type { NoiseSource } from './publish-aggregate'
import { readAggregates } from './read-aggregates'

/** What `sotto-collector dap --help` prints. */
export const DAP_USAGE = `Usage: sotto-collector dap tasks --plan plan.json
       sotto-collector dap publish --plan plan.json --aggregates FILE --estimates FILE [--noise here]

For plans in mode dap, whose reports go to two operators of Janus and not to this collector.

  tasks     prints what the plan settles of each task, for a task file of Janus 0.7
  publish   adds an epoch that was collected from them to the estimates, in the form of GET /v1/estimates

  --aggregates FILE   {"epoch": 2900, "metrics": {"funnel": {"reports": 812, "sums": [640, "97", 41, 22, 12]}}}
  --estimates FILE    read if it is there, and written; an epoch is published once and never again
  --noise here        the operators added none: it is added now, and whoever has FILE has seen the sums without it
`

/**
 * `sotto-collector dap …`: prepares tasks for two operators, and publishes what they summed.
 * @param args behind `dap`. @throws UsageError, SottoError `plan-invalid`, `invalid-argument` for files that cannot be read or written.
 */
export async function runDap(args: readonly string[], print: (text: string) => void): Promise<void> {
  const { values, positionals } = parse(args)
  const [command] = positionals
  if (values.help) {
    print(DAP_USAGE)
    return
  }
  const bytes = readOptionFile('plan', named('plan', values.plan), 'a signal plan in mode dap')
  const plan = readPlan(parsed('the plan', new TextDecoder().decode(bytes)))
  if (plan.mode !== 'dap') throw new UsageError('the plan is not in mode dap')
  switch (command) {
    case 'tasks':
      print(janusTasks(plan))
      return
    case 'publish': {
      const file = named('estimates', values.estimates)
      const aggregates = readAggregates(textIn('aggregates', named('aggregates', values.aggregates), 'what was collected of an epoch'))
      const before = existsSync(file) ? publishedBefore(textIn('estimates', file, 'what was published before')) : undefined
      const document = addEpoch(before, plan, hex(await hashPlan(bytes)), aggregates, sourceOf(values.noise))
      writeWhole(file, JSON.stringify(document, null, 1))
      print(`epoch ${aggregates.epoch} is in ${file}`)
      return
    }
    default:
      throw new UsageError('dap is followed by tasks or publish')
  }
}

function textIn(option: string, file: string, expected: string): string {
  return new TextDecoder().decode(readOptionFile(option, file, expected))
}

/** In one step: what was published cannot be had again. */
function writeWhole(file: string, text: string): void {
  try {
    writeFileSync(`${file}.new`, text)
    renameSync(`${file}.new`, file)
  } catch (cause) {
    const message = `--estimates: the file ${resolve(file)} cannot be written: ${systemReason(cause)}; nothing is published yet`
    throw new SottoError('invalid-argument', message, {}, { cause })
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    const options = { plan: text, aggregates: text, estimates: text, noise: text, help: { type: 'boolean' } } as const
    return parseArgs({ args: [...args], allowPositionals: true, options })
  } catch (cause) {
    throw cause instanceof TypeError ? new UsageError(cause.message) : cause
  }
}

function publishedBefore(text: string): EstimatesDocument {
  const value = parsed('the file --estimates', text)
  if (Object(value).sotto !== 'estimates/1') throw new UsageError('the file --estimates holds something else')
  return value as EstimatesDocument // Written here, as its first field says.
}

function parsed(what: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new UsageError(`${what} is no JSON: ${cause}`)
  }
}

function named(option: string, value: string | undefined): string {
  if (value === undefined) throw new UsageError(`--${option} is missing`)
  return value
}

function sourceOf(noise: string | undefined): NoiseSource {
  if (noise === undefined || noise === 'aggregators') return { kind: 'aggregators' }
  if (noise === 'here') return { kind: 'here', random: new RandomIntegers(cryptoBytes) }
  throw new UsageError(`--noise is "${noise}", expected aggregators or here`)
}
