import { randomBytes } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { Gateway } from '../../../../collector/oblivious/gateway'
import { GatewayKeys } from '../../../../collector/oblivious/gateway-keys'
import { createObliviousTransport } from '../../../../worker/signals/transports/oblivious'
import type { Answer, Transport } from '../../../../worker/signals/transports/transport'

const PERIOD = 28 * 86_400_000
const RELAY = 'https://relay.example/'
const KEYS = 'https://shop.example/keys'
const REPORT = Uint8Array.from({ length: 40 }, (_, at) => at * 5)

let now: number
let gateway: Gateway
let requests: { readonly url: string; readonly init: RequestInit }[]
/** What the collector was given, and what it answers. */
let taken: Uint8Array[]
let status: number

beforeEach(() => {
  now = 100 * PERIOD
  requests = []
  taken = []
  status = 200
  const inject = async (report: Uint8Array) => {
    taken.push(report)
    return status
  }
  gateway = new Gateway({
    keys: new GatewayKeys({ secret: new Uint8Array(32).fill(1), now: () => now }),
    path: '/v1/reports',
    reportBytes: 40,
    inject,
    randomBytes: (count) => randomBytes(count),
  })
})

/** A relay that forwards, and the host of the keys. */
async function honest(url: string, init: RequestInit): Promise<Response> {
  requests.push({ url, init })
  if (url === KEYS) return new Response(Uint8Array.from(await gateway.configurations()))
  if (url !== RELAY) throw new TypeError('nobody is there')
  const answer = await gateway.answer(bodyOf(init))
  return answer.kind === 'sealed' ? new Response(Uint8Array.from(answer.body)) : new Response(answer.message, { status: 400 })
}

function bodyOf(init: RequestInit): Uint8Array {
  expect(init.body).toBeInstanceOf(Uint8Array)
  return init.body as Uint8Array // As just seen.
}

function transport(fetch = honest, keys = KEYS): Transport {
  const local = { prepare: async () => REPORT.slice() }
  return createObliviousTransport({ local, relay: RELAY, keys, collector: 'https://collect.example/v1/reports', fetch })
}

describe('a report through the relay', () => {
  test('is the local one, and arrives', async () => {
    const oblivious = transport()
    const body = await oblivious.prepare({} as Answer) // Which the stand-in does not look at.
    expect(body).toEqual(REPORT)
    expect(await oblivious.send(body)).toBe('accepted')
    expect(taken).toEqual([REPORT])
  })

  test('cannot be read on the way, has one size, and is never the same twice', async () => {
    const oblivious = transport()
    const bodies: Uint8Array[] = []
    for (const report of [REPORT, REPORT, new Uint8Array(40)]) {
      await oblivious.send(report.slice())
      bodies.push(bodyOf(requests.at(-1)!.init))
    }
    expect(new Set(bodies.map((body) => body.length))).toEqual(new Set([bodies[0]!.length]))
    expect(new Set(bodies.map((body) => Buffer.from(body).toString('hex'))).size).toBe(3)
    for (const body of bodies) expect(Buffer.from(body).includes('collect.example')).toBe(false)
    expect(Buffer.from(bodies[0]!).includes(Buffer.from(REPORT.subarray(0, 4)))).toBe(false)
  })

  test('requests tell nothing beside, and keys are asked for once', async () => {
    const oblivious = transport()
    await oblivious.send(REPORT.slice())
    await oblivious.send(REPORT.slice())
    expect(requests.map(({ url }) => url)).toEqual([KEYS, RELAY, RELAY])
    const quiet = { credentials: 'omit', referrerPolicy: 'no-referrer', redirect: 'error' }
    for (const { init } of requests) expect(init).toMatchObject(quiet)
    expect(requests.map(({ init }) => init.cache)).toEqual(['default', 'no-store', 'no-store'])
    expect(requests[1]!.init).toMatchObject({ method: 'POST', keepalive: true, headers: { 'Content-Type': 'message/ohttp-req' } })
    expect(Object.keys(requests[1]!.init.headers!)).toEqual(['Content-Type'])
  })

  test('keys that the page pins are not asked for', async () => {
    const pinned = Buffer.from(await gateway.configurations()).toString('base64')
    expect(await transport(honest, pinned).send(REPORT.slice())).toBe('accepted')
    expect(requests.map(({ url }) => url)).toEqual([RELAY])
  })

  test.each([
    [200, 'accepted'],
    [400, { refusedFor: 'HTTP status 400' }],
    [404, { refusedFor: 'HTTP status 404' }],
    [429, 'later'],
    [503, 'later'],
  ])('the collector answers %i: %o', async (answer, outcome) => {
    status = answer
    expect(await transport().send(REPORT.slice())).toEqual(outcome)
  })
})

describe('what goes wrong on the way is never final', () => {
  test('keys that have changed are asked for again', async () => {
    const oblivious = transport()
    await oblivious.send(REPORT.slice())
    now += 2 * PERIOD
    expect(await oblivious.send(REPORT.slice())).toBe('later')
    expect(await oblivious.send(REPORT.slice())).toBe('accepted')
    expect(requests.map(({ url }) => url)).toEqual([KEYS, RELAY, RELAY, KEYS, RELAY])
    // Not out of the cache, where the old ones lie.
    expect(requests[3]!.init.cache).toBe('reload')
  })

  test.each<[string, (url: string, init: RequestInit) => Promise<Response>]>([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a relay that refuses', async (url, init) => (url === RELAY ? new Response(null, { status: 403 }) : honest(url, init))],
    [
      'an error that carries an answer',
      async (url, init) => {
        const answer = await honest(url, init)
        return url === RELAY ? new Response(await answer.arrayBuffer(), { status: 502 }) : answer
      },
    ],
    [
      'a relay that says success itself',
      async (url, init) => (url === RELAY ? new Response(Uint8Array.of(1, 64, 200)) : honest(url, init)),
    ],
    [
      'an answer cut off',
      async (url, init) => (url === RELAY ? new Response((await (await honest(url, init)).arrayBuffer()).slice(0, 20)) : honest(url, init)),
    ],
    ['no keys', async (url, init) => (url === KEYS ? new Response(null, { status: 404 }) : honest(url, init))],
    ['keys that are none', async (url, init) => (url === KEYS ? new Response('<!doctype html>') : honest(url, init))],
    ['an empty list of keys', async (url, init) => (url === KEYS ? new Response('') : honest(url, init))],
  ])('%s: later, and the next attempt starts afresh', async (_what, broken) => {
    let isBroken = true
    const oblivious = transport((url, init) => (isBroken ? broken(url, init) : honest(url, init)))
    expect(await oblivious.send(REPORT.slice())).toBe('later')
    isBroken = false
    expect(await oblivious.send(REPORT.slice())).toBe('accepted')
  })

  test('the answer to another report is not taken for this one', async () => {
    const oblivious = transport()
    await oblivious.send(REPORT.slice())
    const old = await gateway.answer(bodyOf(requests.at(-1)!.init))
    const replaying = transport(async (url, init) =>
      url === RELAY && old.kind === 'sealed' ? new Response(Uint8Array.from(old.body)) : honest(url, init),
    )
    expect(await replaying.send(REPORT.slice())).toBe('later')
  })

  test('pinned keys that are no base64', async () => {
    expect(await transport(honest, '%%%').send(REPORT.slice())).toBe('later')
  })
})
