import { Collector, type CollectorOptions } from '../../collector/collector'
import type { Database } from '../../collector/database/database'
import { migrate } from '../../collector/database/migrate'
import { buildServer, type ServerOptions } from '../../collector/server/build-server'
import { epochOf } from '../../src/shared/signals/epoch'
import { hashPlan } from '../../src/shared/signals/plan-hash'
import { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { reportMaker } from './make-reports'
import { seededBytes } from './seeded-bytes'

/** A Wednesday. */
export const START = Date.UTC(2026, 0, 14, 12)
export const EPOCH = epochOf(START)

export const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'A shop learns what is liked.',
  metrics: [
    { name: 'funnel', counts: 'funnel' },
    { name: 'trial', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
  ],
}

export const ADMIN = 'an administrator of tests'
export const RELAY = 'a relay of these tests'

/** A collector with a server that listens nowhere, over a database that is emptied first; time stands still until it is set. */
export async function testCollector(
  database: Database,
  given: {
    readonly plan?: SignalPlan
    readonly server?: Partial<ServerOptions>
    readonly writer?: CollectorOptions['writer']
    readonly seed?: number
  } = {},
) {
  await database.transaction((run) => run('DROP SCHEMA IF EXISTS sotto CASCADE'))
  await migrate(database)
  return testCollectorBeside(database, { seed: 7, ...given })
}

/** The same on a database as it is: beside another collector, or after one. Its reports are others, unless `seed` is the same. */
export async function testCollectorBeside(database: Database, given: Parameters<typeof testCollector>[1] = {}) {
  const { plan = PLAN, server, writer, seed = 8 } = given
  const clock = { time: START }
  const random = new RandomIntegers(seededBytes(seed))
  const log: string[] = []
  const now = () => clock.time
  const collector = new Collector({ database, now, random, log: (line) => log.push(line), writer: { quietWaitMs: 0, ...writer } })
  const content = contentOf(plan)
  await collector.start(content)
  // A turn of an earlier test, at its time of day, would close the epochs of a later one.
  await collector.rest()
  const app = await buildServer(collector, { now, adminToken: ADMIN, relayToken: RELAY, reportsPerMinute: 1_000_000, ...server })
  const make = reportMaker(plan, await hashPlan(content), random)
  return {
    collector,
    app,
    clock,
    log,
    make,
    random,
    /** Posts bytes as a device does, or as a relay. */
    async post(body: Uint8Array, headers: Readonly<Record<string, string>> = {}) {
      const answer = await app.inject({ method: 'POST', url: '/v1/reports', payload: Buffer.from(body), headers: { ...headers } })
      return { status: answer.statusCode, headers: answer.headers, json: answer.json() }
    },
    async relay(bodies: readonly Uint8Array[]) {
      return this.post(Buffer.concat(bodies), { authorization: `Bearer ${RELAY}` })
    },
    async get(url: string, headers: Readonly<Record<string, string>> = {}) {
      const answer = await app.inject({ method: 'GET', url, headers: { ...headers } })
      return { status: answer.statusCode, headers: answer.headers, text: answer.body }
    },
    admin: (method: 'GET' | 'PUT' | 'DELETE', url: string, payload?: Uint8Array, token = ADMIN) =>
      app.inject({ method, url, headers: { authorization: `Bearer ${token}` }, ...(payload && { payload: Buffer.from(payload) }) }),
  }
}

/** A plan as a site would publish it. */
export function contentOf(plan: SignalPlan): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(plan, null, 2)}\n`)
}
