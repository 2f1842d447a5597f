import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { SottoError } from '../../src/shared/errors'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { systemReason } from '../../src/shared/system-reason'
import { VERSION } from '../../src/shared/version'
import { Collector } from '../collector'
import { runDap } from '../dap/run-dap'
import { patientClock } from '../patient-clock'
import { addGateway } from '../server/add-gateway'
import { buildServer } from '../server/build-server'
import { openPlace, placeName, refuseWithoutPlan } from './open-place'
import { type CommandOptions, type Environment, readOptions } from './read-options'
import { USAGE } from './usage'
import { UsageError } from './usage-error'

/** Where the command writes, and what it knows of the world. */
export type CommandIo = {
  readonly print: (text: string) => void
  readonly warn: (text: string) => void
  readonly environment: Environment
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds since any moment, whole, by a clock that nobody sets and that goes on while the machine sleeps. */
  readonly steady: () => number
  /** Of the built dashboard. */
  readonly dashboard: string
  /** Calls once when the process is asked to end. */
  readonly onEnd: (end: () => void) => void
}

/** Exit codes: it ended as it was asked to; it could not be done; it was called wrongly. */
const DONE = 0
const FAILED = 1
const MISUSED = 2

/**
 * The whole of `sotto-collector` on a command line: serves until it is asked to end, then finishes what it took.
 * @param args without the names of Node and of the script. @returns the exit code.
 */
export async function runCollector(args: readonly string[], io: CommandIo): Promise<number> {
  const isDap = args[0] === 'dap'
  if (!isDap && (args.includes('--version') || args.includes('--help') || args.includes('-h'))) {
    io.print(args.includes('--version') ? VERSION : USAGE)
    return DONE
  }
  try {
    if (!isDap) return await serve(readOptions(args, io.environment), io)
    await runDap(args.slice(1), io.print)
    return DONE
  } catch (error) {
    if (error instanceof UsageError) {
      io.warn(`sotto-collector: ${error.message}\nsotto-collector --help tells more`)
      return MISUSED
    }
    // What it was told names itself; of all else that the system or a database may refuse, their words say it.
    const isExpected = error instanceof SottoError || (error instanceof Error && 'code' in error)
    if (!isExpected) throw error
    io.warn(`sotto-collector: ${error.message || String(error.code)}`)
    return FAILED
  }
}

async function serve(options: CommandOptions, io: CommandIo): Promise<number> {
  const { print, dashboard } = io
  const now = patientClock({ ...io, onLeap: (ms) => io.warn(leapWords(ms)) })
  refuseWithoutPlan(options)
  let fail = (_error: unknown): void => {}
  const broken = new Promise<never>((_resolve, reject) => {
    fail = reject
  })
  // It may break before anybody waits for it, and then whoever asks is told.
  broken.catch(() => {})
  // Opening a folder takes seconds.
  print(`starting sotto-collector ${VERSION}; it keeps its data in ${placeName(options.database)}`)
  const database = await openPlace(options.database, fail)
  const collector = new Collector({ database, now, random: new RandomIntegers(cryptoBytes), log: print })
  try {
    await collector.start(options.plan)
    if (options.plan) await warnOfOtherPlan(collector, options.plan, io)
    // What the gateway gives to the collector has no address of its own: it is let in as from a relay.
    const relayToken = options.relayToken ?? randomBytes(32).toString('hex')
    const { obliviousSecret: secret } = options
    const app = await buildServer(collector, { ...options, relayToken, now, dashboard })
    if (secret) await addGateway(app, { ...options, secret, now, relayToken })
    try {
      const address = await listen(app, options)
      print(`listening on ${address}; plan ${collector.plans.current.hash}; database ${database.kind}`)
      await Promise.race([new Promise<void>((resolve) => io.onEnd(resolve)), broken])
    } finally {
      await app.close()
    }
  } finally {
    await collector.close()
  }
  return DONE
}

function leapWords(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  return `the clock of this machine leapt ahead by ${hours} h. It is believed after a day, or when the collector starts again: what closes too early stays closed`
}

/** @throws SottoError `invalid-argument` where it may not. */
async function listen(app: FastifyInstance, { port, host }: CommandOptions): Promise<string> {
  try {
    return await app.listen({ port, host })
  } catch (cause) {
    const message = `port ${port} of ${host} cannot be listened on: ${systemReason(cause)}; choose others with --port and --host`
    throw new SottoError('invalid-argument', message, {}, { cause })
  }
}

async function warnOfOtherPlan(collector: Collector, plan: Uint8Array, { warn }: CommandIo): Promise<void> {
  if (Buffer.compare(collector.plans.current.content, plan) === 0) return
  warn('the file --plan holds an earlier plan; the current one stays. PUT /v1/admin/plan goes back to it')
}
