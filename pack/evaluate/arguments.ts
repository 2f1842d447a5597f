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
export const EVALUATE_USAGE = `Usage: sotto evaluate --data DIR --protocol ${PROTOCOLS.join('|')} [options]

Learns from a part of a data set and asks for the rest: which items come next. DIR is a folder; its files are found by their names (the
table by its header), and each may be compressed with gzip:
  leave-one-out   *sequences*.txt, a line a user: "user item item ...", the oldest first; the last item is asked for, the one before
                  is the validation. Beside it, where items have words, *items*.jsonl: {"id", "title", ...} a line
  sessions        *train*sessions*.txt, a line a session: "item item ..."; *test*prefix*.txt, a line a question: "item item ...<TAB>next
                  item"; perhaps *items*.jsonl
  next-basket     a .tsv or .txt with a header and the columns InvoiceNo, StockCode, Description, Quantity, InvoiceDate, UnitPrice,
                  CustomerID

  --models default|cheap|all|a,b  which to measure: the blend (default); it and the models learned in minutes; every model; those named
  --sample N                ask so many cases only, evenly spread over all
  --json FILE               write all figures to FILE too
  --support N               nothing is learned from fewer visitors (default 3)
  --seed N                  for what is drawn by chance (default 1)
  --retrain                 leave-one-out: also learn from the validation's answers, told apart

What stands behind ± is the standard error over the cases asked: another sample of visitors would give another figure, two times in three
within that distance. What the blend is made of, its weights and all settings are chosen on cases held out that are older than those asked at
the end, never on these, by NDCG@10; settings of single models by MRR@20 under sessions.`

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
