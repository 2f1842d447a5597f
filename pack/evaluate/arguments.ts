import { parseArgs } from 'node:util'
import { SottoError } from '../../src/shared/errors'
import { PROTOCOLS, type Protocol } from './evaluation-task'

/** What the command was told. */
export type EvaluateArguments = {
  readonly data: string
  readonly protocol: Protocol
  readonly models: string
  readonly support: number
  readonly seed: number
  readonly retrain: boolean
  readonly sample?: number
  readonly json?: string
}

/** How the command is called. */
export const EVALUATE_USAGE = `Usage: sotto evaluate --data DIR --protocol ${PROTOCOLS.join('|')}
  --models default|cheap|all|a,b  which to measure: the blend (default); it and the models learned in minutes; every model; those named
  --sample N                ask so many cases only, evenly spread over all
  --json FILE               write all figures to FILE too
  --support N               nothing is learned from fewer visitors (default 3)
  --seed N                  for what is drawn by chance (default 1)
  --retrain                 leave-one-out: also learn from the validation's answers, told apart`

const OPTIONS = {
  data: { type: 'string' },
  protocol: { type: 'string' },
  models: { type: 'string', default: 'default' },
  sample: { type: 'string' },
  json: { type: 'string' },
  support: { type: 'string', default: '3' },
  seed: { type: 'string', default: '1' },
  retrain: { type: 'boolean', default: false },
} as const

/** @throws SottoError `invalid-argument` naming the argument that is missing, unknown or not what was expected. */
export function evaluateArguments(argv: readonly string[]): EvaluateArguments {
  const { data, protocol, models, sample, json, support, seed, retrain } = parse(argv)
  if (data === undefined) throw wrong('--data DIR is missing: the folder of the data set')
  const known = PROTOCOLS.find((each) => each === protocol)
  if (!known) throw wrong(`--protocol is ${protocol ?? 'missing'}, expected ${PROTOCOLS.join(', ')}`)
  return {
    data,
    protocol: known,
    models,
    support: whole('--support', support, 1),
    seed: whole('--seed', seed, 0),
    retrain,
    ...(sample !== undefined && { sample: whole('--sample', sample, 1) }),
    ...(json !== undefined && { json }),
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: OPTIONS, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new SottoError('invalid-argument', cause instanceof Error ? cause.message : String(cause), {}, { cause })
  }
}

function whole(name: string, text: string, least: number): number {
  const value = Number(text)
  if (/^\d+$/.test(text) && value >= least && Number.isSafeInteger(value)) return value
  throw wrong(`${name} is "${text}", expected a whole number of at least ${least}`)
}

function wrong(message: string): SottoError {
  return new SottoError('invalid-argument', message)
}
