import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { SottoError } from '../../../src/shared/errors'
import { systemReason } from '../../../src/shared/system-reason'
import type { Protocol } from '../evaluation-task'
import { INVOICE_COLUMNS, isInvoiceHeader } from './read-invoices'
import { readLines } from './read-lines'

/** The files of a data set, by what they hold. */
export type DataFiles =
  | { readonly protocol: 'leave-one-out'; readonly sequences: string; readonly items?: string }
  | { readonly protocol: 'sessions'; readonly train: string; readonly test: string; readonly items?: string }
  | { readonly protocol: 'next-basket'; readonly invoices: string }

const SEQUENCES = /sequences?.*\.(txt|tsv)(\.gz)?$/i
const TRAIN_SESSIONS = /train.*sessions?.*\.(txt|tsv)(\.gz)?$/i
const TEST_PREFIXES = /test.*prefix.*\.(txt|tsv)(\.gz)?$/i
const ITEMS = /(items?|products?|catalog).*\.(jsonl|ndjson)(\.gz)?$/i
const TABLE = /\.(tsv|txt)(\.gz)?$/i

const EXPECTED: Readonly<Record<Protocol, string>> = {
  'leave-one-out': '*sequences*.txt(.gz) with lines "user item item …", and beside it *items*.jsonl(.gz) where there are words',
  sessions: '*train*sessions*.txt(.gz) with lines "item item …" and *test*prefix*.txt(.gz) with lines "prefix<TAB>next item"',
  'next-basket': `a .tsv(.gz) whose header names ${INVOICE_COLUMNS.join(', ')}`,
}

/**
 * Finds by their names, and a table by its header, the files that a protocol asks for; where several fit, the first by name is taken.
 * @throws SottoError `invalid-argument` where the folder cannot be read, or lacks what the protocol needs: it says what was expected and
 * what the folder holds.
 */
export async function findData(folder: string, protocol: Protocol): Promise<DataFiles> {
  const names = namesIn(folder)
  const find = (pattern: RegExp) => {
    const name = names.find((each) => pattern.test(each))
    return name === undefined ? undefined : join(folder, name)
  }
  const items = find(ITEMS)
  switch (protocol) {
    case 'leave-one-out': {
      const sequences = find(SEQUENCES)
      if (sequences) return { protocol, sequences, ...(items && { items }) }
      break
    }
    case 'sessions': {
      const train = find(TRAIN_SESSIONS)
      const test = find(TEST_PREFIXES)
      if (train && test) return { protocol, train, test, ...(items && { items }) }
      break
    }
    case 'next-basket':
      for (const name of names.filter((each) => TABLE.test(each))) {
        const invoices = join(folder, name)
        if (isInvoiceHeader(await firstLine(invoices))) return { protocol, invoices }
      }
      break
    default:
      protocol satisfies never
  }
  const holds = names.length > 0 ? names.slice(0, 12).join(', ') + (names.length > 12 ? ', …' : '') : 'nothing'
  throw new SottoError('invalid-argument', `${folder}: --protocol ${protocol} expects ${EXPECTED[protocol]}; the folder holds ${holds}`)
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder).sort()
  } catch (cause) {
    throw new SottoError('invalid-argument', `--data ${folder} cannot be read as a folder: ${systemReason(cause)}`, {}, { cause })
  }
}

async function firstLine(path: string): Promise<string> {
  for await (const line of readLines(path)) return line
  return ''
}
