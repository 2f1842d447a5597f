import { createHash } from 'node:crypto'
import { Task } from '@divviup/dap'
import { beforeEach, describe, expect, test } from 'vitest'
import { dapHistogram } from '../../../../src/shared/signals/dap-histogram'
import { EPOCH_MS, epochStart } from '../../../../src/shared/signals/epoch'
import { bucketsOf, groupsOf } from '../../../../src/shared/signals/metric-buckets'
import type { Metric, SignalPlan } from '../../../../src/shared/signals/signal-plan'
import { createDapTransport } from '../../../../worker/signals/transports/dap'
import type { Answer } from '../../../../worker/signals/transports/transport'
import { readUpload } from '../../../../worker/signals/transports/upload'
import { DapPair } from '../../../support/dap/dap-pair'
import { readReport } from '../../../support/dap/dap-report'
import type { DapTask } from '../../../support/dap/dap-task'
import { seededRandom } from '../../../support/reference-top-k'

const EPOCH = 2900
const HOUR = 3600
const METRICS: readonly Metric[] = [
  { name: 'funnel', counts: 'funnel' },
  { name: 'test', counts: 'experiment', variants: ['old', 'new', 'newest'], goal: 'bought' },
]
/** Visitors who answer each. */
const COUNTS = [300, 60] as const
const WEEK = { start: epochStart(EPOCH) / 1000, duration: EPOCH_MS / 1000 }
const TASKS: readonly DapTask[] = METRICS.map((metric, at) => ({
  id: hash(`task ${at}`).toString('base64url'),
  histogram: dapHistogram(metric),
  verifyKey: hash(`verify key ${at}`).subarray(0, 16),
  timePrecision: HOUR,
  expires: WEEK.start + 8 * WEEK.duration,
  reportExpiryAge: 3 * WEEK.duration,
  minBatchSize: 50,
}))
const [FUNNEL, EXPERIMENT] = TASKS.map(({ id }) => id) as [string, string] // As many as metrics.

let now: number
let pair: DapPair
let plan: SignalPlan

beforeEach(async () => {
  now = WEEK.start + 1.5 * WEEK.duration
  pair = await DapPair.start(TASKS, () => now)
  const dap = { leader: pair.leader, helper: pair.helper, tasks: TASKS.map(({ id }) => id), timePrecision: HOUR }
  plan = { sottoPlan: 1, purpose: 'tests', mode: 'dap', metrics: METRICS, dap }
})

function hash(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}

function answer(metric: number, bucket: number, group = 0): Answer {
  return { plan, planHash: new Uint8Array(32), metric, group, bucket, epoch: EPOCH }
}

function transport() {
  return createDapTransport({ fetch: pair.fetch })
}

/** A report of the library's own client with a part of its sharding replaced: what a liar may write. */
async function forged(spoil: (task: InstanceType<typeof Task>) => void): Promise<Uint8Array<ArrayBuffer>> {
  const task = new Task({
    type: 'histogram',
    ...dapHistogram(METRICS[0]!),
    id: FUNNEL,
    leader: pair.leader,
    helper: pair.helper,
    timePrecisionSeconds: HOUR,
  })
  task.fetch = (url, init) => pair.fetch(String(url), init ?? {})
  await task.fetchKeyConfiguration()
  spoil(task as InstanceType<typeof Task>)
  const report = await task.generateReport(1, { timestamp: new Date(WEEK.start * 1000) })
  return Uint8Array.from(report.encode())
}

async function put(report: Uint8Array<ArrayBuffer>, task = FUNNEL): Promise<number> {
  const headers = { 'Content-Type': 'application/dap-report' }
  return (await pair.fetch(`${pair.leader}tasks/${task}/reports`, { method: 'PUT', headers, body: report })).status
}

/** By one of the protocol's own problems. */
const REFUSED = { refusedFor: expect.stringMatching(/^urn:ietf:params:ppm:dap:error:\w+$/) }

describe('reports that are well', () => {
  test('hundreds of visitors are summed exactly, metric by metric, groups apart', async () => {
    const random = seededRandom(8)
    const draw = (limit: number) => Math.floor(random() * limit)
    const dap = transport()
    const truth = METRICS.map((metric) => new Array<number>(groupsOf(metric).length * bucketsOf(metric).length).fill(0))
    for (const [at, metric] of METRICS.entries()) {
      for (let visitor = 0; visitor < COUNTS[at]!; visitor++) {
        const [group, bucket] = [draw(groupsOf(metric).length), draw(bucketsOf(metric).length)]
        truth[at]![group * bucketsOf(metric).length + bucket]! += 1
        expect(await dap.send(await dap.prepare(answer(at, bucket, group)))).toBe('accepted')
      }
    }
    await pair.aggregate()
    expect(pair.refused).toEqual({})
    expect(pair.collect(FUNNEL, WEEK)).toEqual({ count: COUNTS[0], sums: truth[0] })
    expect(pair.collect(EXPERIMENT, WEEK)).toEqual({ count: COUNTS[1], sums: truth[1] })
  })

  test('have one size a task, whatever they say, and the time that their epoch began', async () => {
    const bodies = await Promise.all([0, 1, 2, 3, 4].map((bucket) => transport().prepare(answer(0, bucket))))
    expect(new Set(bodies.map((body) => body.length)).size).toBe(1)
    expect(bodies.map((body) => readReport(readUpload(body).report).time)).toEqual(new Array(5).fill(WEEK.start))
    expect(new Set(bodies.map((body) => readReport(readUpload(body).report).id)).size).toBe(5)
  })

  test('stay in their epoch where its beginning is no multiple of the precision', async () => {
    const fiveDays = 5 * 86_400
    const body = await transport().prepare({ ...answer(0, 1), plan: { ...plan, dap: { ...plan.dap!, timePrecision: fiveDays } } })
    const { time } = readReport(readUpload(body).report)
    expect(time % fiveDays).toBe(0)
    expect(time).toBeGreaterThanOrEqual(WEEK.start)
    expect(time).toBeLessThan(WEEK.start + WEEK.duration)
  })

  test('sent again after a lost answer, the same bytes are counted once', async () => {
    const dap = transport()
    const body = await dap.prepare(answer(0, 2))
    const kept = body.slice()
    expect([await dap.send(body), await dap.send(body), await dap.send(kept)]).toEqual(['accepted', 'accepted', 'accepted'])
    for (let at = 0; at < 49; at++) await dap.send(await dap.prepare(answer(0, 0)))
    await pair.aggregate()
    expect(pair.collect(FUNNEL, WEEK)).toEqual({ count: 50, sums: [49, 0, 1, 0, 0] })
  })

  test('requests tell nothing beside: no credentials, referrer or cache, no redirect; keys are asked of both', async () => {
    const dap = transport()
    await dap.send(await dap.prepare(answer(0, 2)))
    expect(pair.requests.map(({ url, init }) => `${init.method ?? 'GET'} ${url}`)).toEqual([
      `GET ${pair.leader}hpke_config?task_id=${FUNNEL}`,
      `GET ${pair.helper}hpke_config?task_id=${FUNNEL}`,
      `PUT ${pair.leader}tasks/${FUNNEL}/reports`,
    ])
    const quiet = { credentials: 'omit', referrerPolicy: 'no-referrer', cache: 'no-store', redirect: 'error' }
    for (const { init } of pair.requests) expect(init).toMatchObject(quiet)
    expect(pair.requests[2]!.init.keepalive).toBe(true)
    expect(pair.requests.map(({ init }) => Object.keys(init.headers ?? {}))).toEqual([['Accept'], ['Accept'], ['Content-Type']])
  })
})

describe('reports that are not', () => {
  test('another report under an id that was used is refused by the leader, and a replay that gets past it by the helper', async () => {
    const dap = transport()
    const body = await dap.prepare(answer(0, 2))
    const { report } = readUpload(body)
    const other = readUpload(await dap.prepare(answer(0, 3))).report
    const stolen = Uint8Array.from([...report.subarray(0, 16), ...other.subarray(16)])
    expect(await put(report)).toBe(201)
    expect(await put(stolen)).toBe(400)
    pair.smuggle(FUNNEL, report)
    await pair.aggregate()
    pair.smuggle(FUNNEL, report)
    await pair.aggregate()
    expect(pair.refused).toEqual({ reportRejected: 1, report_replayed: 2 })
    expect(() => pair.collect(FUNNEL, WEEK)).toThrow('there are 1 reports of at least 50')
  })

  test.each([
    ['id', 3],
    ['time', 22],
    ['public share', 30],
    ['length of the public share', 27],
    ['key id of the leader', 60],
    ['ciphertext of the leader', 200],
  ])('a changed %s is refused at the door', async (_what, at) => {
    const dap = transport()
    const body = await dap.prepare(answer(0, 2))
    readUpload(body).report[at]! ^= 1
    expect(await dap.send(body)).toEqual(REFUSED)
  })

  test('a changed share of the helper is noticed when it is opened, and nobody counts the report', async () => {
    const dap = transport()
    const body = await dap.prepare(answer(0, 2))
    body[body.length - 1]! ^= 1
    expect(await dap.send(body)).toBe('accepted')
    await pair.aggregate()
    expect(pair.refused).toEqual({ reportRejected: 1 })
  })

  test('a visitor who says two things at once, or a million of one, is found out by the proof', async () => {
    const liars = [
      [1n, 1n, 0n, 0n, 0n],
      [0n, 1_000_000n, 0n, 0n, 0n],
      [0n, 0n, 0n, 0n, 0n],
      [2n, -1n, 0n, 0n, 0n],
    ]
    for (const lie of liars) {
      const report = await forged((task) => {
        Object.assign(task.vdaf, { flp: Object.assign(Object.create(vdafFlp(task)), { encode: () => lie }) })
      })
      expect(await put(report)).toBe(201)
    }
    await pair.aggregate()
    expect(pair.refused).toEqual({ vdaf_prep_error: liars.length })
  })

  test.each([0, 1])('a share that was changed before it was encrypted does not verify (share %i)', async (which) => {
    const report = await forged(({ vdaf }) => {
      const shard = vdaf.shardEncoded.bind(vdaf)
      vdaf.shardEncoded = async (...given) => {
        const shares = await shard(...given)
        shares.inputShares[which]![5]! ^= 1
        return shares
      }
    })
    await put(report)
    await pair.aggregate()
    expect(pair.refused).toEqual({ vdaf_prep_error: 1 })
  })

  test('a report for one task is none for another, nor for one that does not exist', async () => {
    const { report } = readUpload(await transport().prepare(answer(0, 2)))
    expect(await put(report, EXPERIMENT)).toBe(400)
    expect(await put(report, hash('nobody').toString('base64url'))).toBe(400)
    expect(pair.refused).toEqual({ reportRejected: 1, unrecognizedTask: 1 })
  })

  test('times: too old, after the end of the task, after its batch was collected', async () => {
    const dap = transport()
    const bodies = await Promise.all(Array.from({ length: 51 }, () => dap.prepare(answer(0, 2))))
    const [late, ...early] = bodies as [(typeof bodies)[0], ...typeof bodies]
    for (const body of early) await dap.send(body)
    await pair.aggregate()
    pair.collect(FUNNEL, WEEK)
    expect(await dap.send(late)).toEqual(REFUSED)
    expect(() => pair.collect(FUNNEL, WEEK)).toThrow('it was collected before')
    now = WEEK.start + 4 * WEEK.duration
    expect(await dap.send(late)).toEqual(REFUSED)
    const afterEnd = { ...answer(0, 2), epoch: EPOCH + 8 }
    now = WEEK.start + 9 * WEEK.duration
    expect(await dap.send(await dap.prepare(afterEnd))).toEqual(REFUSED)
  })

  test('a clock that runs ahead is no reason to throw a report away', async () => {
    const dap = transport()
    const body = await dap.prepare({ ...answer(0, 2), epoch: EPOCH + 2 })
    expect(await dap.send(body)).toBe('later')
    now = WEEK.start + 2.1 * WEEK.duration
    expect(await dap.send(body)).toBe('accepted')
  })
})

describe('when nobody answers', () => {
  test.each([408, 425, 429, 500, 502, 503])('status %i: later', async (status) => {
    const body = await transport().prepare(answer(0, 2))
    const dap = createDapTransport({ fetch: async () => new Response(null, { status }) })
    expect(await dap.send(body)).toBe('later')
  })

  test('no network while it is sent: later; while keys are asked for: said', async () => {
    const body = await transport().prepare(answer(0, 2))
    const offline = createDapTransport({ fetch: () => Promise.reject(new TypeError('Failed to fetch')) })
    expect(await offline.send(body)).toBe('later')
    await expect(offline.prepare(answer(0, 2))).rejects.toMatchObject({ code: 'keys-failed' })
  })

  test.each([
    ['of a kind that nobody speaks', 'application/dap-hpke-config-list', [0, 10, 1, 0, 99, 0, 1, 0, 1, 0, 1, 5]],
    ['of another media type', 'text/html', [0, 0]],
    ['cut off', 'application/dap-hpke-config-list', [0, 41, 1, 0, 32]],
  ])('a key %s: said', async (_what, type, bytes) => {
    const dap = createDapTransport({ fetch: async () => new Response(Uint8Array.from(bytes), { headers: { 'Content-Type': type } }) })
    await expect(dap.prepare(answer(0, 2))).rejects.toMatchObject({ code: 'keys-failed' })
  })

  test('a plan without a task for the metric is a plan that the validator should not have passed', async () => {
    const { dap: _, ...without } = plan
    await expect(transport().prepare({ ...answer(0, 2), plan: without })).rejects.toMatchObject({ code: 'plan-invalid' })
    const few = { ...plan, dap: { ...plan.dap!, tasks: [FUNNEL] } }
    await expect(transport().prepare({ ...answer(1, 1), plan: few })).rejects.toMatchObject({ details: { path: 'dap.tasks[1]' } })
  })
})

/** Of the library's, which does not say that it has it. */
function vdafFlp(task: InstanceType<typeof Task>): object {
  return (task.vdaf as unknown as { flp: object }).flp
}
