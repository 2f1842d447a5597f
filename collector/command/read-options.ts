import { parseArgs } from 'node:util'
import { SottoError } from '../../src/shared/errors'
import type { DatabasePlace } from '../database/open-database'
import { SECRET_BYTES } from '../oblivious/gateway-keys'
import { planIn } from '../plans/known-plan'
import { LEAST_TOKEN_LENGTH } from '../server/bearer'
import { readOptionFile } from './read-option-file'
import { serverAddress } from './server-address'
import { UsageError } from './usage-error'

/** What the command line and the environment ask for. */
export type CommandOptions = {
  /** JSON in UTF-8, of a plan that is in order; absent where the database's own is meant. */
  readonly plan?: Uint8Array
  readonly database: Exclude<DatabasePlace, 'memory'>
  readonly port: number
  readonly host: string
  readonly adminToken?: string
  readonly relayToken?: string
  readonly obliviousSecret?: Uint8Array
  readonly origins?: readonly string[]
  readonly proxies: number
  readonly reportsPerMinute?: number
}

export type Environment = Readonly<Record<string, string | undefined>>

const MOST_PROXIES = 10

/**
 * Reads arguments and environment, with the files that they name, and checks all of it; an argument comes before a variable.
 * @param args without the names of Node and of the script. @param environment an empty variable is none.
 * @throws UsageError naming what is wrong. SottoError `invalid-argument` for a file that cannot be read, `plan-invalid`.
 */
export function readOptions(args: readonly string[], environment: Environment): CommandOptions {
  const values = parse(args)
  const variable = (name: string) => environment[name] || undefined
  const server = values.database ?? variable('SOTTO_DATABASE')
  if (server !== undefined && values.folder !== undefined) throw new UsageError('--database and --folder are two places for one thing')
  if (server !== undefined) serverAddress(server)
  if (values.proxies !== undefined && !values['trust-proxy'])
    throw new UsageError('--proxies says how many proxies are trusted, and none is: add --trust-proxy, or leave it out')
  const adminToken = tokenOf('admin', values['admin-token-file'], variable('SOTTO_ADMIN_TOKEN'))
  const relayToken = tokenOf('relay', values['relay-token-file'], variable('SOTTO_RELAY_TOKEN'))
  const secret = secretOf(values['oblivious-secret-file'])
  const origins = values.origin?.map(originOf)
  return {
    ...(values.plan !== undefined && { plan: planOf(values.plan) }),
    database: server === undefined ? { folder: values.folder ?? 'sotto-data' } : { server },
    port: wholeOf('port', values.port ?? variable('PORT') ?? '8080', 65_535),
    host: values.host ?? variable('HOST') ?? '127.0.0.1',
    ...(adminToken !== undefined && { adminToken }),
    ...(relayToken !== undefined && { relayToken }),
    ...(secret && { obliviousSecret: secret }),
    ...(origins && { origins }),
    proxies: values['trust-proxy'] ? wholeOf('proxies', values.proxies ?? '1', MOST_PROXIES, 1) : 0,
    ...(values['reports-per-minute'] !== undefined && {
      reportsPerMinute: wholeOf('reports-per-minute', values['reports-per-minute'], 1e9, 1),
    }),
  }
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const
  try {
    return parseArgs({
      args: [...args],
      options: {
        plan: text,
        database: text,
        folder: text,
        port: text,
        host: text,
        'admin-token-file': text,
        'relay-token-file': text,
        'oblivious-secret-file': text,
        origin: { type: 'string', multiple: true },
        'trust-proxy': { type: 'boolean' },
        proxies: text,
        'reports-per-minute': text,
      },
    }).values
  } catch (cause) {
    throw cause instanceof TypeError ? new UsageError(cause.message) : cause
  }
}

function wholeOf(name: string, text: string, most: number, least = 0): number {
  if (/^\d{1,10}$/.test(text) && Number(text) >= least && Number(text) <= most) return Number(text)
  throw new UsageError(`--${name} is "${text}", expected a whole number from ${least} to ${most}`)
}

function planOf(file: string): Uint8Array {
  const content = readOptionFile('plan', file, 'a signal plan, as `sotto plan check` reads it')
  try {
    planIn(content)
    return content
  } catch (thrown) {
    throw thrown instanceof SottoError ? new SottoError(thrown.code, `--plan ${file}: ${thrown.message}`, thrown.details) : thrown
  }
}

/** From a file, so that it stands neither in a list of processes nor in a shell's history. */
function tokenOf(name: string, file: string | undefined, variable: string | undefined): string | undefined {
  const expected = `the ${name} token, ${LEAST_TOKEN_LENGTH} characters or more`
  const token = file === undefined ? variable : new TextDecoder().decode(readOptionFile(`${name}-token-file`, file, expected)).trim()
  if (token === undefined || token.length >= LEAST_TOKEN_LENGTH) return token
  throw new UsageError(`the ${name} token has ${token.length} characters, expected at least ${LEAST_TOKEN_LENGTH}, drawn at random`)
}

function secretOf(file: string | undefined): Uint8Array | undefined {
  if (file === undefined) return undefined
  const secret = readOptionFile('oblivious-secret-file', file, `${SECRET_BYTES} random bytes or more`)
  if (secret.length >= SECRET_BYTES) return secret
  throw new UsageError(`${file} has ${secret.length} bytes, expected a secret of at least ${SECRET_BYTES}, drawn at random`)
}

function originOf(text: string): string {
  if (URL.canParse(text) && new URL(text).origin === text) return text
  throw new UsageError(`--origin is "${text}", expected one as browsers write it: https://shop.example`)
}
