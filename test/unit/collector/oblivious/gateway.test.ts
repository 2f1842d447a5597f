import { randomBytes } from 'node:crypto'
import Fastify, { type FastifyInstance } from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Gateway } from '../../../../collector/oblivious/gateway'
import { GatewayKeys } from '../../../../collector/oblivious/gateway-keys'
import { GATEWAY_PATH, gatewayRoutes } from '../../../../collector/oblivious/gateway-routes'
import { decodeResponse, encodeRequest } from '../../../../src/shared/oblivious/binary-http'
import { KEM } from '../../../../src/shared/oblivious/cipher-suite'
import { encapsulate } from '../../../../src/shared/oblivious/encapsulated-request'
import { type KeyConfiguration, readKeyConfigurations } from '../../../../src/shared/oblivious/key-configuration'
import { openResponse } from '../../../../src/shared/oblivious/sealed-response'

const DAY = 86_400_000
const PERIOD = 28 * DAY
const SECRET = new Uint8Array(32).fill(7)
const REPORT = Uint8Array.from({ length: 40 }, (_, at) => at)
const TYPE = 'message/ohttp-req'

let now: number
let keys: GatewayKeys
let app: FastifyInstance
/** What the collector was given, and what it answers. */
let taken: Uint8Array[]
let status: number

beforeEach(async () => {
  now = 700 * PERIOD
  taken = []
  status = 200
  keys = new GatewayKeys({ secret: SECRET, now: () => now })
  app = Fastify()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post('/v1/reports', async (request, reply) => {
    taken.push(Uint8Array.from(request.body as Buffer)) // By the parser above.
    return reply.code(status).send({ accepted: 1, headers: request.headers })
  })
  const inject = async (report: Uint8Array) => {
    const headers = { 'content-type': 'application/octet-stream' }
    return (await app.inject({ method: 'POST', url: '/v1/reports', headers, payload: Buffer.from(report) })).statusCode
  }
  const gateway = new Gateway({ keys, path: '/v1/reports', reportBytes: 40, inject, randomBytes: (count) => randomBytes(count) })
  app.register(gatewayRoutes, { gateway, mostPerMinute: () => 100 })
  await app.ready()
})

afterEach(() => app.close())

async function configurations(): Promise<KeyConfiguration[]> {
  const response = await app.inject({ method: 'GET', url: GATEWAY_PATH })
  expect(response.headers['content-type']).toBe('application/ohttp-keys')
  expect(response.headers['cache-control']).toBe('public, max-age=86400')
  return readKeyConfigurations(response.rawPayload)
}

function post(payload: Uint8Array, type = TYPE) {
  return app.inject({ method: 'POST', url: GATEWAY_PATH, headers: { 'content-type': type }, payload: Buffer.from(payload) })
}

function requestOf({ method = 'POST', path = '/v1/reports', content = REPORT } = {}): Uint8Array {
  return encodeRequest({ method, scheme: 'https', authority: 'collect.example', path, content })
}

/** Sends a message and opens what comes back. */
async function exchange(message: Uint8Array): Promise<{ readonly status: number; readonly bytes: number }> {
  const sent = await encapsulate(await configurations(), message)
  const response = await post(sent.bytes)
  expect(response.statusCode).toBe(200)
  expect(response.headers['content-type']).toBe('message/ohttp-res')
  expect(response.headers['cache-control']).toBe('no-store')
  const answer = decodeResponse(await openResponse(sent.exchange, new Uint8Array(response.rawPayload)))
  expect(answer.content.length).toBe(0)
  return { status: answer.status, bytes: response.rawPayload.length }
}

describe('a request that is well', () => {
  test('is given to the collector as it was written, and its status comes back', async () => {
    expect((await exchange(requestOf())).status).toBe(200)
    expect(taken).toEqual([REPORT])
  })

  test('sent twice, it is given twice: the collector knows it by its nonce', async () => {
    const { bytes } = await encapsulate(await configurations(), requestOf())
    await post(bytes)
    expect((await post(bytes)).statusCode).toBe(200)
    expect(taken).toEqual([REPORT, REPORT])
  })

  test('the relay cannot tell by the size of an answer what it says', async () => {
    const sizes = new Set<number>()
    for (status of [200, 400, 429, 503]) {
      const answer = await exchange(requestOf())
      expect(answer.status).toBe(status)
      sizes.add(answer.bytes)
    }
    sizes.add((await exchange(requestOf({ path: '/elsewhere' }))).bytes)
    expect(sizes.size).toBe(1)
  })
})

describe('a request that is not', () => {
  test.each([
    ['another path', requestOf({ path: '/v1/administration' }), 404],
    ['the same path with a query', requestOf({ path: '/v1/reports?x' }), 404],
    ['another method', requestOf({ method: 'DELETE' }), 405],
    ['two reports at once', requestOf({ content: new Uint8Array(80) }), 400],
    ['a byte too few', requestOf({ content: REPORT.subarray(1) }), 400],
    ['no content', requestOf({ content: new Uint8Array() }), 400],
    ['no request', Uint8Array.of(9, 9, 9), 400],
    ['nothing', new Uint8Array(), 400],
  ])('%s: not given to the collector, and said to nobody but the sender', async (_what, message, wanted) => {
    expect((await exchange(message)).status).toBe(wanted)
    expect(taken).toEqual([])
  })

  test('what does not decrypt is refused', async () => {
    const { bytes } = await encapsulate(await configurations(), requestOf())
    bytes[bytes.length - 1]! ^= 1
    const response = await post(bytes)
    expect([response.statusCode, response.json().code]).toEqual([400, 'report-invalid'])
    expect((await post(bytes.subarray(0, 20))).json().code).toBe('report-invalid')
    expect(taken).toEqual([])
  })

  test('other media types, no body and bodies beyond a kilobyte are not looked at', async () => {
    expect((await post(REPORT, 'application/octet-stream')).statusCode).toBe(415)
    expect((await app.inject({ method: 'POST', url: GATEWAY_PATH })).statusCode).toBe(415)
    expect((await post(new Uint8Array(1025))).statusCode).toBe(413)
  })
})

describe('keys', () => {
  test('one of each kind is published, and both can be used', async () => {
    const published = await configurations()
    expect(published.map(({ kem }) => kem)).toEqual([KEM.x25519, KEM.p256])
    for (const one of published) expect((await post((await encapsulate([one], requestOf())).bytes)).statusCode).toBe(200)
    expect(taken.length).toBe(2)
  })

  test('change every period; those of the one before still open, older ones are told to ask again', async () => {
    const before = await configurations()
    now += PERIOD
    const after = await configurations()
    expect(after.map(({ publicKey }) => publicKey)).not.toEqual(before.map(({ publicKey }) => publicKey))
    for (const one of before) expect((await post((await encapsulate([one], requestOf())).bytes)).statusCode).toBe(200)
    now += PERIOD
    const stale = await post((await encapsulate(before, requestOf())).bytes)
    expect([stale.statusCode, stale.headers['content-type'], stale.json().type]).toEqual([
      400,
      expect.stringContaining('application/problem+json'),
      'https://iana.org/assignments/http-problem-types#ohttp-key',
    ])
  })

  test('have different numbers among all that are accepted, also where numbers begin anew', async () => {
    for (const period of [0, 127, 128, 255, 700]) {
      now = period * PERIOD
      const ids = (await keys.accepted()).map(({ id }) => id)
      expect(ids.every((id) => id >= 0 && id < 256)).toBe(true)
      expect(new Set(ids).size).toBe(6)
    }
  })

  test('are the same for every collector that has the secret, and after a restart; a clock that is a little ahead is no matter', async () => {
    const ahead = new GatewayKeys({ secret: SECRET, now: () => now + PERIOD })
    const theirs = await ahead.published()
    expect((await post((await encapsulate(theirs, requestOf())).bytes)).statusCode).toBe(200)
    const others = await new GatewayKeys({ secret: new Uint8Array(32).fill(8), now: () => now }).published()
    expect((await post((await encapsulate(others, requestOf())).bytes)).statusCode).toBe(400)
  })

  test('may stay for ever', async () => {
    const pinned = new GatewayKeys({ secret: SECRET, now: () => now, periodMs: Number.POSITIVE_INFINITY })
    const first = await pinned.published()
    now += 1000 * PERIOD
    expect((await pinned.published()).map(({ publicKey }) => publicKey)).toEqual(first.map(({ publicKey }) => publicKey))
    expect(await pinned.accepted()).toEqual(expect.arrayContaining([...first]))
  })

  test('a secret that could be guessed is none', () => {
    expect(() => new GatewayKeys({ secret: new Uint8Array(31), now: () => now })).toThrow('at least 32 random bytes; got 31')
  })
})
