import { openDatabase } from '../../../collector/database/open-database'
import { closesAt } from '../../../src/shared/signals/epoch-window'
import type { EstimatesDocument } from '../../../src/shared/signals/estimates'
import { bucketsOf } from '../../../src/shared/signals/metric-buckets'
import { designOf } from '../../../src/shared/signals/metric-design'
import type { Metric, SignalPlan } from '../../../src/shared/signals/signal-plan'
import { chancesOf, type SubsetDesign } from '../../../src/shared/signals/subset-selection'
import { EPOCH, testCollector } from '../../support/test-collector'
import { type Audit, digits, type Finding } from '../finding'
import { zipf } from '../simulated-epochs'

type Bench = Awaited<ReturnType<typeof testCollector>>

const GENUINE = { full: 3_000, short: 300 } as const
/** Of the genuine ones. */
const FORGERS = 0.2
/** Reports of a body: 64 KiB at most. */
const TOGETHER = 1_500

const ATTACKED: readonly Metric[] = [
  { name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 200 },
  { name: 'funnel', counts: 'funnel' },
  { name: 'interest', counts: 'interest', categories: Array.from({ length: 62 }, (_, at) => `c${at}`) },
  { name: 'double', counts: 'interest', categories: Array.from({ length: 62 }, (_, at) => `c${at}`), epsilon: 2 },
]
/** Each metric twice: as honest browsers answer, and the very same answers among forged ones. */
const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To be audited.',
  metrics: ATTACKED.flatMap((metric) => [metric, { ...metric, name: `${metric.name}-forged` }]),
}

/** Browsers that one forged report counts for in each bucket that it holds: that much is stated, and no more. */
export function gainOfForged(design: SubsetDesign): number {
  const { p, q } = chancesOf(design)
  return (1 - q) / (p - q)
}

/**
 * What lying clients gain by all that they can send, from the bytes that they post to the document that is published: each sends one possible report, twice,
 * with the buckets that fewest are in; then one that holds all buckets, and one of a metric's buckets and another.
 */
export const auditForgedReports: Audit = async (thoroughness) => {
  const database = await openDatabase('memory')
  try {
    const bench = await testCollector(database, { plan: PLAN })
    for (const place of ATTACKED.keys()) await send(bench, 2 * place, GENUINE[thoroughness])
    bench.clock.time = closesAt(EPOCH)
    await bench.collector.takeTurn()
    const published: EstimatesDocument = JSON.parse((await bench.get('/v1/estimates')).text)
    const metrics = published.epochs.find(({ epoch }) => epoch === EPOCH)?.metrics ?? []
    const valuesOf = (name: string) => metrics.find((metric) => metric.name === name)!.groups![0]!.buckets.map(({ value }) => value)
    return ATTACKED.map((metric) => judge(metric, GENUINE[thoroughness], valuesOf(metric.name), valuesOf(`${metric.name}-forged`)))
  } finally {
    await database.close()
  }
}

/** Honest reports of a metric; the same, under nonces of their own, of its twin; and forged ones of that. */
async function send(bench: Bench, metric: number, genuine: number): Promise<void> {
  const design = designOf(PLAN.metrics[metric]!)
  const honest = zipf(design.k, genuine).flatMap((count, bucket) =>
    Array.from({ length: count }, () => bench.make({ epoch: EPOCH, metric, bucket })),
  )
  const twins = honest.map((report) => forged(bench, metric + 1, report.subarray(32)))
  const lies = Array.from({ length: FORGERS * genuine }, () => {
    const rarest = forged(bench, metric + 1, bitsOf(design.k - design.d, design.k))
    return [rarest, rarest, forged(bench, metric + 1, bitsOf(0, design.k)), forged(bench, metric + 1, bitsOf(0, design.d + 1))]
  })
  const all = [...honest, ...twins, ...lies.flat()]
  for (let from = 0; from < all.length; from += TOGETHER) await bench.relay(all.slice(from, from + TOGETHER))
}

function forged(bench: Bench, metric: number, bits: Uint8Array): Uint8Array<ArrayBuffer> {
  const report = bench.make({ epoch: EPOCH, metric })
  report.set(bits, 32)
  return report
}

function bitsOf(from: number, to: number): Uint8Array {
  const bits = new Uint8Array(8)
  for (let bucket = from; bucket < to; bucket++) bits[bucket >> 3]! |= 1 << (bucket & 7)
  return bits
}

function judge(metric: Metric, genuine: number, before: readonly number[], after: readonly number[]): Finding {
  const design = designOf(metric)
  const stated = gainOfForged(design)
  const moved = after.map((value, bucket) => (value - before[bucket]!) / (FORGERS * genuine))
  const most = Math.max(...moved.map(Math.abs))
  const gained = moved.filter((each) => each > stated / 2).length
  return {
    audit: `poisoning: gain of a forger, from bytes to what is published, k ${bucketsOf(metric).length}, ε ${metric.epsilon ?? 1}`,
    stated: `at most ${digits(stated)} browsers in each of ${design.d} buckets`,
    measured: `${digits(most)} in ${gained} (${FORGERS * genuine} forgers beside ${genuine})`,
    passes: most > 0 && most <= stated * (1 + 1e-9) && gained <= design.d,
  }
}
