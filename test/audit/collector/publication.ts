import { openDatabase } from '../../../collector/database/open-database'
import { closesAt } from '../../../src/shared/signals/epoch-window'
import type { EstimatesDocument } from '../../../src/shared/signals/estimates'
import { hashPlan } from '../../../src/shared/signals/plan-hash'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'
import { reportMaker } from '../../support/make-reports'
import { ADMIN, contentOf, EPOCH, testCollector } from '../../support/test-collector'
import type { Audit, Finding } from '../finding'

type Bench = Awaited<ReturnType<typeof testCollector>>

const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  metrics: [
    { name: 'full', counts: 'funnel' },
    { name: 'scarce', counts: 'funnel' },
    { name: 'halved', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
    { name: 'changed', counts: 'funnel' },
  ],
}
/** The same but for its purpose: another plan, with metrics of the same names. */
const CHANGED: SignalPlan = { ...PLAN, purpose: 'To be audited again.' }

/** The answers of every public address that could know of reports. Figures of the process change by themselves. */
const ADDRESSES = ['/v1/estimates', '/v1/estimates?epochs=1', '/v1/plan.json', '/health', '/ready', '/metrics'] as const
const OF_THE_PROCESS = /^(process_|sotto_event_loop).*$/gm

/** What can be got out of a collector by asking it often, and by taking differences of its answers. */
export const auditPublication: Audit = async () => {
  const database = await openDatabase('memory')
  try {
    const bench = await testCollector(database, { plan: PLAN })
    return [await polling(bench), await replays(bench), ...(await closing(bench))]
  } finally {
    await database.close()
  }
}

/** Everything is asked after each report: nothing may change while the epoch is open. */
async function polling(bench: Bench): Promise<Finding> {
  const before = await answers(bench)
  let changed = 0
  for (let at = 0; at < 12; at++) {
    await bench.post(bench.make({ epoch: EPOCH, metric: 0 }))
    bench.clock.time += 60_000
    await bench.collector.takeTurn()
    if ((await answers(bench)) !== before) changed++
  }
  return {
    audit: 'publication: polling while the epoch is open',
    stated: 'no answer changes with a report',
    measured: `${changed} of 12 changed (${ADDRESSES.length} addresses and the administrator’s)`,
    passes: changed === 0,
  }
}

/** One report many times, and reports that no device makes. */
async function replays(bench: Bench): Promise<Finding> {
  const report = bench.make({ epoch: EPOCH, metric: 0 })
  const all = report.slice()
  all.set([0xff], 32)
  const beyond = report.slice()
  beyond.set([0, 0, 0, 0, 0, 0, 0, 0x80], 32)
  const { json } = await bench.relay([...Array.from({ length: 50 }, () => report), all, beyond])
  return {
    audit: 'poisoning: a report fifty times, and impossible ones, at the collector',
    stated: '1 counted, 49 duplicates, 2 refused',
    measured: `${json.accepted} counted, ${json.duplicates} duplicates, ${json.refused.length} refused`,
    passes: json.accepted === 1 && json.duplicates === 49 && json.refused.length === 2,
  }
}

/** An epoch with metrics below, at and above what may be published, one of them under two plans and one in two groups. */
async function closing(bench: Bench): Promise<readonly Finding[]> {
  const many = (count: number, metric: number, group?: number) =>
    Array.from({ length: count }, () => bench.make({ epoch: EPOCH, metric, ...(group !== undefined && { group }) }))
  // Thirteen are there already.
  await bench.relay([...many(37, 0), ...many(49, 1), ...many(80, 2, 0), ...many(49, 2, 1), ...many(30, 3)])
  await bench.admin('PUT', '/v1/admin/plan', contentOf(CHANGED))
  const changed = reportMaker(CHANGED, await hashPlan(contentOf(CHANGED)), bench.random)
  await bench.relay(Array.from({ length: 30 }, () => changed({ epoch: EPOCH, metric: 3 })))
  bench.clock.time = closesAt(EPOCH)
  await bench.collector.takeTurn()
  const text = (await bench.get('/v1/estimates')).text
  const published: EstimatesDocument = JSON.parse(text)
  const metrics = published.epochs.find(({ epoch }) => epoch === EPOCH)?.metrics ?? []
  const said = metrics.filter(({ groups }) => groups)
  const withheld = metrics.filter((metric) => metric.withheld)
  // How many there were is nowhere in what is said of the others.
  const isSilent = withheld.every((metric) => metric.groups === undefined && !/\d/.test(metric.withheld!.replace('50', '')))
  bench.clock.time += 3_600_000
  await bench.collector.takeTurn()
  const late = await bench.post(bench.make({ epoch: EPOCH, metric: 1 }))
  const again = (await bench.get('/v1/estimates')).text
  const tables = await bench.collector.database.transaction((run) =>
    run("SELECT count(*)::integer AS kept FROM pg_tables WHERE schemaname = 'sotto' AND tablename = $1", [`nonces_${EPOCH}`]),
  )
  const totals = await bench.collector.database.transaction((run) =>
    run('SELECT count(*)::integer AS kept FROM sotto.totals WHERE epoch = $1', [EPOCH]),
  )
  const kept = Number(tables[0]?.kept) + Number(totals[0]?.kept)
  return [
    {
      audit: 'publication: fewer than 50 reports, of a metric, a group or one of two plans',
      stated: 'withheld whole, number included',
      measured: `${said.map(({ name }) => name).join(', ')} said; ${withheld.length} others of two plans withheld`,
      passes: said.length === 1 && said[0]!.name === 'full' && withheld.length === metrics.length - 1 && isSilent,
    },
    {
      audit: 'publication: later reports and answers differenced',
      stated: 'what is published never changes; totals and nonces are gone',
      measured: `late report ${late.json.code}; ${again === text ? 'the same' : 'another'} answer; ${kept} left`,
      passes: late.json.code === 'epoch-closed' && again === text && kept === 0,
    },
  ]
}

async function answers(bench: Bench): Promise<string> {
  const texts: string[] = []
  for (const address of ADDRESSES) texts.push((await bench.get(address)).text.replace(OF_THE_PROCESS, ''))
  const status = await bench.admin('GET', '/v1/admin/status', undefined, ADMIN)
  return [...texts, status.body].join('\n')
}
