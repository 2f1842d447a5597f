import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import type { Browser, Page } from 'playwright'
import { build } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { Gateway } from '../../collector/oblivious/gateway'
import { GatewayKeys } from '../../collector/oblivious/gateway-keys'
import { dapHistogram } from '../../src/shared/signals/dap-histogram'
import { EPOCH_MS, epochOf, epochStart } from '../../src/shared/signals/epoch'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import type { Answer } from '../../worker/signals/transports/transport'
import { launch } from '../support/built-page'
import { serve } from '../support/built-server'
import { type CrossOriginRequest, crossOriginServer } from '../support/cross-origin-server'
import { DapPair } from '../support/dap/dap-pair'
import type { DapTask } from '../support/dap/dap-task'
import type { TransportsDone, TransportsJob } from '../support/transports-worker'

const EPOCH = epochOf(Date.now()) - 1
const WEEK = { start: epochStart(EPOCH) / 1000, duration: EPOCH_MS / 1000 }
/** As long as DAP's may be. */
const LONG: Metric = { name: 'items', counts: 'item', event: 'viewed', items: Array.from({ length: 254 }, (_, at) => `sku-${at}`) }
const TASK: DapTask = {
  id: randomBytes(32).toString('base64url'),
  histogram: dapHistogram(LONG),
  verifyKey: randomBytes(16),
  timePrecision: 3600,
  expires: WEEK.start + 8 * WEEK.duration,
  reportExpiryAge: 3 * WEEK.duration,
  minBatchSize: 20,
}

let browser: Browser
let shop: Awaited<ReturnType<typeof serve>>
let page: Page

beforeAll(async () => {
  const worker = await bundled(fileURLToPath(new URL('../support/transports-worker.ts', import.meta.url)))
  // Of a strict shop: nothing may be made of strings, by libraries neither.
  const headers = { 'content-security-policy': "default-src 'none'; script-src 'self'; connect-src *" }
  shop = await serve({ headers, pages: { '/': '<!doctype html><title>Shop</title>', '/worker.js': worker } })
  browser = await launch()
  page = await browser.newPage()
  await page.goto(`${shop.origin}/`)
  // Cookies know no ports: this one would go along to all the servers below, were credentials not left out.
  await page.evaluate(() => {
    // biome-ignore lint/suspicious/noDocumentCookie: the newer interface asks for a secure origin
    document.cookie = 'visitor=17; path=/'
  })
})

afterAll(async () => {
  await browser.close()
  await shop.close()
})

/** One classic script, by the bundler that the package is built with. */
async function bundled(entry: string): Promise<string> {
  const output = { format: 'iife', codeSplitting: false } as const
  const options = { write: false, target: 'es2022', rolldownOptions: { input: entry, output } } as const
  const built = await build({ configFile: false, logLevel: 'error', publicDir: false, build: options })
  const chunk = [built]
    .flat()
    .flatMap((one) => ('output' in one ? one.output : []))
    .find(({ type }) => type === 'chunk')
  if (chunk?.type !== 'chunk') throw new Error('Vite wrote no script')
  return chunk.code
}

function inWorker(job: TransportsJob): Promise<TransportsDone> {
  return page.evaluate(
    (given) =>
      new Promise<TransportsDone>((resolve, reject) => {
        const worker = new Worker('/worker.js')
        worker.onmessage = ({ data }) => resolve(data)
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage(given)
      }),
    job,
  )
}

function answer(plan: SignalPlan, bucket: number): Answer {
  return { plan, planHash: new Uint8Array(32), metric: 0, group: 0, bucket, epoch: EPOCH }
}

/** Of all requests but preflights, which the browser makes by itself. */
function own(requests: readonly CrossOriginRequest[]): CrossOriginRequest[] {
  return requests.filter(({ method }) => method !== 'OPTIONS')
}

function expectNothingBeside(requests: readonly CrossOriginRequest[]): void {
  expect(requests.length).toBeGreaterThan(0)
  for (const { headers } of requests) {
    expect(headers).not.toHaveProperty('cookie')
    expect(headers).not.toHaveProperty('referer')
    expect(headers).not.toHaveProperty('if-none-match')
  }
}

test('DAP in a worker: sharded and encrypted there, sent across origins, verified and summed by two aggregators', async () => {
  const pair = await DapPair.start([TASK], () => Date.now() / 1000)
  const passedOn = (base: string) => async (request: CrossOriginRequest) => {
    const { method, path, headers, body } = request
    return pair.fetch(base + path.slice(1), { method, headers: { 'Content-Type': headers['content-type'] ?? '' }, body })
  }
  const leader = await crossOriginServer(passedOn(pair.leader))
  const helper = await crossOriginServer(passedOn(pair.helper))
  try {
    const dap = { leader: leader.origin, helper: helper.origin, tasks: [TASK.id], timePrecision: TASK.timePrecision }
    const plan: SignalPlan = { sottoPlan: 1, purpose: 'tests', mode: 'dap', metrics: [LONG], dap }
    const buckets = Array.from({ length: 20 }, (_, at) => (at * 97) % 256)
    const { outcomes, sizes } = await inWorker({ answers: buckets.map((bucket) => answer(plan, bucket)) })
    expect(new Set(outcomes)).toEqual(new Set(['accepted']))
    expect(new Set(sizes).size).toBe(1)
    await pair.aggregate()
    expect(pair.refused).toEqual({})
    const truth = Array.from({ length: 256 }, (_, bucket) => buckets.filter((one) => one === bucket).length)
    expect(pair.collect(TASK.id, WEEK)).toEqual({ count: 20, sums: truth })
    const uploads = own(leader.requests).filter(({ method }) => method === 'PUT')
    expect(uploads.map(({ headers }) => headers['content-type'])).toEqual(new Array(20).fill('application/dap-report'))
    expect(new Set(uploads.map(({ body }) => body.length)).size).toBe(1)
    expectNothingBeside([...own(leader.requests), ...own(helper.requests)])
  } finally {
    await Promise.all([leader.close(), helper.close()])
  }
})

test('Oblivious HTTP in a worker: the relay passes on what it cannot read, the collector gets the report', async () => {
  const taken: Uint8Array[] = []
  const inject = async (report: Uint8Array) => {
    taken.push(report)
    return 200
  }
  const keys = new GatewayKeys({ secret: randomBytes(32), now: () => Date.now() })
  const gateway = new Gateway({ keys, path: '/v1/reports', reportBytes: 40, inject, randomBytes: (count) => randomBytes(count) })
  const relay = await crossOriginServer(async ({ body }) => {
    const passed = await gateway.answer(body)
    return passed.kind === 'sealed' ? new Response(Uint8Array.from(passed.body)) : new Response(passed.message, { status: 400 })
  })
  const published = await crossOriginServer(async () => new Response(Uint8Array.from(await gateway.configurations())))
  try {
    const oblivious = { relay: `${relay.origin}/`, keys: `${published.origin}/keys`, collector: 'https://collect.example/v1/reports' }
    const plan: SignalPlan = { sottoPlan: 1, purpose: 'tests', metrics: [LONG] }
    const { outcomes } = await inWorker({ answers: [3, 4, 4].map((bucket) => answer(plan, bucket)), oblivious })
    expect(outcomes).toEqual(['accepted', 'accepted', 'accepted'])
    expect(taken).toEqual([3, 4, 4].map((bucket) => new Uint8Array(40).fill(bucket)))
    const passed = own(relay.requests)
    expect(passed.map(({ method, headers }) => [method, headers['content-type']])).toEqual(new Array(3).fill(['POST', 'message/ohttp-req']))
    expect(new Set(passed.map(({ body }) => body.length)).size).toBe(1)
    expect(new Set(passed.map(({ body }) => Buffer.from(body).toString('hex'))).size).toBe(3)
    expectNothingBeside([...passed, ...own(published.requests)])
    expect(own(published.requests).length).toBe(1)
  } finally {
    await Promise.all([relay.close(), published.close()])
  }
})
