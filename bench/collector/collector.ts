import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type DatabasePlace, openDatabase } from '../../collector/database/open-database'
import { type CollectorProcess, startCollector } from '../../test/support/collector-process'
import { startPostgres } from '../../test/support/postgres-server'
import { contentOf } from '../../test/support/test-collector'
import { type Report, report } from '../support/report'
import { rounded } from '../support/spread'
import { PLAN } from './plan'
import type { Sending, Sent } from './send-reports'

export type CollectorSizes = {
  /** Reports a second that are sent one by one. */
  readonly rate?: number
  readonly seconds?: number
  /** How long batches are sent to a PostgreSQL server. */
  readonly batchSeconds?: number
  /** Hears what is being done. */
  readonly onProgress?: (doing: string) => void
}

const TOKEN = 'a relay of this bench'
const PER_BATCH = 1_000
/** Memory is looked at this often. */
const LOOK_MS = 1_000
const MIB = 2 ** 20
const LEAST_BATCHED_PER_SEC = 20_000
const MOST_P99_MS = 100
/** What is sent, to what must be sustained: the last answers come a moment after the last report. */
const SENT_SHARE = 1.02
/** What is left in a process that has not been cleaned up yet: between the second and the last third of a run. */
const MOST_GROWTH = 1.25

type Run = Sent & { readonly perRequest: number; readonly stored: number; readonly memory: readonly number[]; readonly load: number }

/**
 * Reports over loopback, one a request at a steady rate into the embedded database, and by batches as fast as they are answered into a PostgreSQL server of
 * npm's; collector, database and sender share the machine. Afterwards the database is asked whether it holds what was acknowledged.
 */
export async function collector({
  rate = 5_000,
  seconds = 60,
  batchSeconds = 20,
  onProgress = () => {},
}: CollectorSizes = {}): Promise<Report> {
  const home = mkdtempSync(join(tmpdir(), 'sotto-bench-'))
  const plan = join(home, 'plan.json')
  const token = join(home, 'token')
  writeFileSync(plan, contentOf(PLAN))
  writeFileSync(token, TOKEN)
  const args = ['--plan', plan, '--relay-token-file', token, '--trust-proxy']
  try {
    onProgress(`${rate} reports a second for ${seconds} s, embedded database`)
    const folder = join(home, 'data')
    const single = await run(
      [...args, '--folder', folder],
      { folder },
      { seconds, perRequest: 1, requestsPerSec: SENT_SHARE * rate, connections: 200 },
    )
    onProgress(`batches for ${batchSeconds} s, PostgreSQL`)
    const server = await startPostgres()
    const batched = await run(
      [...args, '--database', server.address],
      { server: server.address },
      { seconds: batchSeconds, perRequest: PER_BATCH, connections: 4, token: TOKEN },
    ).finally(() => server.stop())
    return present({ rate, seconds, batchSeconds }, single, batched)
  } finally {
    rmSync(home, { recursive: true, force: true })
  }
}

async function run(args: readonly string[], place: DatabasePlace, sending: Omit<Sending, 'port'>): Promise<Run> {
  const running = await startCollector(args)
  const memory: number[] = []
  const looking = setInterval(
    () =>
      lookAt(running).then(
        (bytes) => memory.push(bytes),
        () => {},
      ),
    LOOK_MS,
  )
  try {
    const sender = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', join(import.meta.dirname, 'sender.ts'), JSON.stringify({ ...sending, port: running.port })],
      { maxBuffer: MIB },
    )
    const load = loadavg()[0]!
    await running.end()
    return { ...(JSON.parse(sender.stdout) as Sent), perRequest: sending.perRequest, stored: await storedIn(place), memory, load } // written by `sender.ts`
  } finally {
    clearInterval(looking)
    await running.kill()
  }
}

async function lookAt({ port }: CollectorProcess): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text()
  return Number(/^process_resident_memory_bytes (\d+)$/m.exec(text)?.[1])
}

async function storedIn(place: DatabasePlace): Promise<number> {
  const database = await openDatabase(place)
  try {
    return Number((await database.transaction((run) => run('SELECT sum(reports)::integer AS reports FROM sotto.totals')))[0]?.reports)
  } finally {
    await database.close()
  }
}

function present(sizes: { rate: number; seconds: number; batchSeconds: number }, single: Run, batched: Run): Report {
  const figure = (name: string, unit: string, value: number) => ({
    name,
    unit,
    q1: rounded(value),
    median: rounded(value),
    q3: rounded(value),
  })
  const [middle, last] = [medianOfThird(single.memory, 1), medianOfThird(single.memory, 2)]
  return report({
    name: 'collector',
    sizes: { 'reports a second': sizes.rate, seconds: sizes.seconds, 'seconds of batches': sizes.batchSeconds },
    rounds: 1,
    browser: 'not used',
    figures: [
      figure('one by one, embedded: accepted', 'reports/s', single.accepted / single.seconds),
      figure('one by one, embedded: median', 'ms', single.latency.p50),
      figure('one by one, embedded: 99th percentile', 'ms', single.latency.p99),
      figure('one by one, embedded: slowest', 'ms', single.latency.most),
      figure('one by one, embedded: memory in the last third', 'MiB', last / MIB),
      figure('batches, PostgreSQL: accepted', 'reports/s', batched.accepted / batched.seconds),
      figure('batches, PostgreSQL: 99th percentile', 'ms', batched.latency.p99),
      figure('batches, PostgreSQL: memory in the last third', 'MiB', medianOfThird(batched.memory, 2) / MIB),
    ],
    notes: [
      `${single.accepted} reports one by one and ${batched.accepted} in batches of ${PER_BATCH}; load average of the machine at the end: ${single.load.toFixed(1)} and ${batched.load.toFixed(1)}`,
    ],
    demands: [
      {
        compares: `reports a second that were accepted, to ${sizes.rate}`,
        ratio: rounded(single.accepted / single.seconds / sizes.rate),
        budget: { atLeast: 1 },
      },
      { compares: `99th percentile, to ${MOST_P99_MS} ms`, ratio: rounded(single.latency.p99 / MOST_P99_MS), budget: { atMost: 1 } },
      {
        compares: 'memory in the last third of the minute, to that in the second',
        ratio: rounded(last / middle),
        budget: { atMost: MOST_GROWTH },
      },
      {
        compares: `reports a second in batches, to ${LEAST_BATCHED_PER_SEC}`,
        ratio: rounded(batched.accepted / batched.seconds / LEAST_BATCHED_PER_SEC),
        budget: { atLeast: 1 },
      },
    ],
    faults: [...faultsOf('one by one', single), ...faultsOf('in batches', batched)],
  })
}

function faultsOf(how: string, { accepted, stored, reports, statuses, perRequest }: Run): string[] {
  const others = Object.entries(statuses).filter(([status]) => status !== '200')
  // Whoever got no answer, or was asked to come again, may have been counted all the same.
  const unsure = perRequest * others.reduce((sum, [, count]) => sum + count, 0)
  return [
    ...(stored < accepted ? [`${how}: ${accepted} were acknowledged, only ${stored} are stored`] : []),
    ...(stored > accepted + unsure ? [`${how}: ${accepted} were acknowledged, ${stored} are stored`] : []),
    ...(accepted === reports ? [] : [`${how}: ${reports} were sent, ${accepted} accepted; other answers: ${JSON.stringify(others)}`]),
  ]
}

function medianOfThird(values: readonly number[], third: number): number {
  const some = values.slice(Math.floor((values.length * third) / 3), Math.ceil((values.length * (third + 1)) / 3)).sort((a, b) => a - b)
  return some[some.length >> 1] ?? Number.NaN
}
