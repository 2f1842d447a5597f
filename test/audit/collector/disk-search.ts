import { mkdtempSync, rmSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochOf } from '../../../src/shared/signals/epoch'
import { hashPlan } from '../../../src/shared/signals/plan-hash'
import { cryptoBytes, RandomIntegers } from '../../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { startCollector } from '../../support/collector-process'
import { reportMaker } from '../../support/make-reports'
import type { Audit, Finding, Thoroughness } from '../finding'
import { arrayForm, countsOf, filesIn, isIn } from './folder-search'

const REPORTS = { full: 400, short: 30 } as const
/** Reports that are searched for byte by byte. */
const SOUGHT = { full: 40, short: 6 } as const

/** As many as come together in a busy second; each batch is waited for. */
const TOGETHER = 30

/** Any address of 127/8 is this machine: this one is nobody else's. */
const ADDRESS = [127, 181, 93, 77]
/** Of whom the proxy speaks. */
const FORWARDED = [0x2001, 0xdb8, 0x5ec7, 0x3e71, 0x9a1c, 0x44d3, 0xb2e5, 0x779f]
const PURPOSE = 'Purpose-that-stands-in-the-database'
/** 64 buckets, so that a report's set is like no other. */
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: PURPOSE,
  metrics: [{ name: 'interest', counts: 'interest', categories: Array.from({ length: 62 }, (_, at) => `c${at}`) }],
}

/** What says who sent a report: nothing of it may be found anywhere afterwards. */
const TELLING = {
  'user-agent': 'AuditBrowser/7.7 (secret machine)',
  'x-forwarded-for': FORWARDED.map((part) => part.toString(16)).join(':'),
  cookie: 'visitor=marker-of-a-visitor',
  referer: 'https://shop.example/secret-page-of-a-visitor',
  'accept-language': 'tlh-AQ',
} as const
const NEEDLES: readonly (readonly [what: string, needle: Buffer])[] = [
  ...[...Object.values(TELLING), ADDRESS.join('.')].map((text) => [text, Buffer.from(text)] as const),
  ['AuditBrowser', Buffer.from('AuditBrowser')],
  ['marker-of-a-visitor', Buffer.from('marker-of-a-visitor')],
  ['secret-page', Buffer.from('secret-page')],
  ['address, four bytes', Buffer.from(ADDRESS)],
  ['address, four bytes backwards', Buffer.from(ADDRESS).reverse()],
  ['address, sixteen bytes', Buffer.from(FORWARDED.flatMap((part) => [part >> 8, part & 255]))],
]

/**
 * Reports are sent to the collector as people run it, by browsers that say all they can of themselves; then its whole folder, write-ahead log included, and all
 * that it printed is searched: while it runs, after it was killed, and (at full length) after it ended in order. Reports come many at once: of one that comes
 * alone more is left, see `auditQuietBatch`.
 */
export const auditCollectorDisk: Audit = async (thoroughness) => {
  const root = mkdtempSync(join(tmpdir(), 'sotto-audit-'))
  try {
    return await searchAfterReports(root, thoroughness)
  } finally {
    rmSync(root, { recursive: true })
  }
}

async function searchAfterReports(root: string, thoroughness: Thoroughness): Promise<readonly Finding[]> {
  const folder = join(root, 'data')
  const planFile = join(root, 'plan.json')
  const content = new TextEncoder().encode(JSON.stringify(PLAN))
  await writeFile(planFile, content)
  const make = reportMaker(PLAN, await hashPlan(content), new RandomIntegers(cryptoBytes))
  const args = ['--plan', planFile, '--folder', folder, '--trust-proxy', '--reports-per-minute', '1000000']
  const reports = Array.from({ length: REPORTS[thoroughness] }, () => make({ epoch: epochOf(Date.now()) }))
  const sought = reports.slice(0, SOUGHT[thoroughness])

  const first = await startCollector(args)
  const statuses: number[] = []
  for (let from = 0; from < reports.length; from += TOGETHER)
    statuses.push(...(await Promise.all(reports.slice(from, from + TOGETHER).map((report) => post(first.port, report)))))
  const found = new Set(searchFor(folder, sought))
  // What was found of nonces while the epoch is open shows that the search sees what is there.
  const nonces = sought.filter((report) => isIn(folder, Buffer.from(report.subarray(16, 32)))).length
  await first.kill()
  for (const what of searchFor(folder, sought)) found.add(what)
  let said = first.said()
  // Starting it once more takes as long as all else.
  if (thoroughness === 'full') {
    const second = await startCollector(args)
    await Promise.all(reports.slice(0, 5).map((report) => post(second.port, report)))
    await second.end()
    for (const what of searchFor(folder, sought)) found.add(what)
    said += second.said()
  }
  const printed = Buffer.from(said)
  for (const [what, needle] of NEEDLES) if (printed.includes(needle)) found.add(`${what}, printed`)
  return judge(found, statuses, nonces, sought.length, isIn(folder, Buffer.from(PURPOSE)))
}

function judge(
  found: ReadonlySet<string>,
  statuses: readonly number[],
  nonces: number,
  sought: number,
  hasPlan: boolean,
): readonly Finding[] {
  const accepted = statuses.filter((status) => status === 200).length
  return [
    {
      audit: 'collector: folder, log and output searched',
      stated: 'no address, user agent, cookie or report of a batch',
      measured: `${found.size} found${found.size > 0 ? `: ${[...found].join(', ')}` : ''} (${accepted} of ${statuses.length} reports accepted)`,
      passes: found.size === 0 && accepted === statuses.length,
    },
    {
      audit: 'collector: the search sees what is there',
      stated: 'finds the plan, and nonces while the epoch is open',
      measured: `plan ${hasPlan ? 'found' : 'not found'}, ${nonces} of ${sought} nonces`,
      passes: hasPlan && nonces === sought,
    },
  ]
}

/** What must not be there and is, in words. */
function searchFor(folder: string, reports: readonly Uint8Array[]): readonly string[] {
  const needles = [...NEEDLES, ...reports.flatMap((report, at) => formsOf(report).map((form) => [`report ${at}`, form] as const))]
  return filesIn(folder).flatMap((file) => needles.filter(([, needle]) => file.includes(needle)).map(([what]) => what))
}

/** How a single report could have been written down: as totals are, its set of buckets either way round, and all of it as text. */
function formsOf(report: Uint8Array): readonly Buffer[] {
  const bits = Buffer.from(report.subarray(32))
  return [
    arrayForm(countsOf(bits, 64)),
    bits,
    Buffer.from(bits).reverse(),
    Buffer.from(bits.toString('hex')),
    Buffer.from(Buffer.from(report).toString('base64').slice(-32)),
  ]
}

function post(port: number, body: Uint8Array): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(
      { port, host: '127.0.0.1', localAddress: ADDRESS.join('.'), method: 'POST', path: '/v1/reports', headers: TELLING },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
      },
    )
    sent.once('error', reject)
    sent.end(body)
  })
}
