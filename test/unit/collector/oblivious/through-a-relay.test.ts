import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Database } from '../../../../collector/database/database'
import { openDatabase } from '../../../../collector/database/open-database'
import { GATEWAY_PATH } from '../../../../collector/oblivious/gateway-routes'
import { addGateway } from '../../../../collector/server/add-gateway'
import { REPORTS_PATH } from '../../../../collector/server/report-routes'
import { hashPlan } from '../../../../src/shared/signals/plan-hash'
import { createLocalTransport } from '../../../../worker/signals/transports/local'
import { createObliviousTransport } from '../../../../worker/signals/transports/oblivious'
import type { Transport } from '../../../../worker/signals/transports/transport'
import { contentOf, EPOCH, PLAN, RELAY, testCollector } from '../../../support/test-collector'

const COLLECTOR = 'https://collect.example'
const RELAY_URL = 'https://relay.example/'

let database: Database
let planHash: Uint8Array
let oblivious: Transport
/** The token that the relay shows the gateway. */
let shown: string

beforeAll(async () => {
  database = await openDatabase('memory')
  planHash = await hashPlan(contentOf(PLAN))
}, 120_000)
afterAll(() => database.close())

beforeEach(async () => {
  const limits = { reportsPerMinute: 3 }
  const { app, clock, random } = await testCollector(database, { server: limits })
  await addGateway(app, { secret: randomBytes(32), now: () => clock.time, relayToken: RELAY, ...limits })
  shown = RELAY
  // The relay forwards to the gateway; the keys lie there too.
  const fetch = async (url: string, { method = 'GET', headers = {}, body }: RequestInit) => {
    if (url !== RELAY_URL && url !== COLLECTOR + GATEWAY_PATH) throw new TypeError('nobody is there')
    const payload = body instanceof Uint8Array ? { payload: Buffer.from(body) } : {}
    const answer = await app.inject({
      method: method === 'POST' ? 'POST' : 'GET',
      url: GATEWAY_PATH,
      // As transports give them, and what the relay adds.
      headers: { ...(headers as Record<string, string>), authorization: `Bearer ${shown}` },
      ...payload,
    })
    return new Response(Uint8Array.from(answer.rawPayload), { status: answer.statusCode })
  }
  const local = createLocalTransport({ url: COLLECTOR + REPORTS_PATH, fetch, random })
  oblivious = createObliviousTransport({
    local,
    relay: RELAY_URL,
    keys: COLLECTOR + GATEWAY_PATH,
    collector: COLLECTOR + REPORTS_PATH,
    fetch,
  })
})

async function counted(): Promise<number> {
  const rows = await database.transaction((run) => run('SELECT reports FROM sotto.totals WHERE epoch = $1', [EPOCH]))
  return rows.reduce((sum, { reports }) => sum + Number(reports), 0)
}

function report(epoch = EPOCH) {
  return oblivious.prepare({ plan: PLAN, planHash, metric: 0, group: 0, bucket: 2, epoch })
}

test('reports of a device reach the totals, many from one address, and each once', async () => {
  const bodies = await Promise.all(Array.from({ length: 5 }, () => report()))
  for (const body of bodies) expect(await oblivious.send(body)).toBe('accepted')
  expect(await oblivious.send(bodies[0]!)).toBe('accepted')
  expect(await counted()).toBe(5)
})

test('what the collector refuses is refused for good', async () => {
  expect(await oblivious.send(await report(EPOCH - 9))).toEqual({ refusedFor: 'HTTP status 400' })
  expect(await counted()).toBe(0)
})

test('whoever has not the relay’s token may send as many as any one address', async () => {
  shown = 'not the relay of these tests'
  const answers = []
  for (let sent = 0; sent < 5; sent++) answers.push(await oblivious.send(await report()))
  expect(answers).toEqual(['accepted', 'accepted', 'accepted', 'later', 'later'])
  expect(await counted()).toBe(3)
})
