import { expect, test } from 'vitest'
import { RandomIntegers } from '../../../../src/shared/signals/random-integers'
import { decodeReport, REPORT_BYTES } from '../../../../src/shared/signals/report'
import type { SignalPlan } from '../../../../src/shared/signals/signal-plan'
import { bucketsIn } from '../../../../src/shared/signals/subset-selection'
import { createLocalTransport } from '../../../../worker/signals/transports/local'
import { seededBytes } from '../../../support/seeded-bytes'

const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'A test.',
  metrics: [
    { name: 'funnel', counts: 'funnel' },
    { name: 'interest', counts: 'interest', categories: Array.from({ length: 62 }, (_, at) => `c${at}`) },
  ],
}
const random = new RandomIntegers(seededBytes(7))
const planHash = Uint8Array.from({ length: 32 }, (_, at) => at)

function transport(answer: () => Promise<Response>) {
  const requests: (readonly [string, RequestInit])[] = []
  const fetch = (url: string, init: RequestInit) => {
    requests.push([url, init])
    return answer()
  }
  return { requests, local: createLocalTransport({ url: 'https://collect.example/v1/reports', fetch, random }) }
}

test('a report holds the answer, randomized, and is another one each time', async () => {
  const { local } = transport(async () => new Response())
  const prepare = () => local.prepare({ plan: PLAN, planHash, metric: 1, group: 0, bucket: 63, epoch: 2900 })
  const [one, other] = [await prepare(), await prepare()]
  expect(one).toHaveLength(REPORT_BYTES)
  const { bits, nonce, ...rest } = decodeReport(one)
  expect(rest).toEqual({ metric: 1, group: 0, epoch: 2900, planTag: planHash.slice(0, 8) })
  expect(nonce).not.toEqual(decodeReport(other).nonce)
  // d of 64 buckets at epsilon 1: round(64 / (e + 1)).
  expect(bucketsIn(bits)).toHaveLength(17)
})

test('is posted as bytes, without a header of its own', async () => {
  const { local, requests } = transport(async () => new Response('{}'))
  const body = new Uint8Array(REPORT_BYTES)
  expect(await local.send(body)).toBe('accepted')
  const [[url, init]] = requests as [readonly [string, RequestInit]]
  expect(url).toBe('https://collect.example/v1/reports')
  expect(init).toMatchObject({
    method: 'POST',
    body,
    keepalive: true,
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
  })
  expect(init.headers).toBeUndefined()
})

test.each([
  ['accepted', async () => new Response('{}', { status: 200 })],
  [{ refusedFor: 'bits' }, async () => new Response('{"code":"bits","message":"…"}', { status: 400 })],
  ['later', async () => new Response('{}', { status: 429 })],
  ['later', async () => new Response('{}', { status: 503 })],
  ['later', () => Promise.reject(new TypeError('offline'))],
] as const)('the answer is %o', async (outcome, answer) => {
  expect(await transport(answer).local.send(new Uint8Array(REPORT_BYTES))).toEqual(outcome)
})
