import { fileURLToPath } from 'node:url'
import { buildServer, Collector, openDatabase, type ServerOptions } from '../../collector'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'

const DASHBOARD = fileURLToPath(new URL('../../collector/dist/dashboard/', import.meta.url))

export type OpenedCollector = {
  readonly collector: Collector
  /** Answers as it would by itself under its own address. */
  readonly app: Awaited<ReturnType<typeof buildServer>>
}

/** The collector as sites run it, but that its database is in memory: gone when the shop is stopped. @param plan JSON in UTF-8. */
export async function openCollector(plan: Uint8Array, now: () => number, more: Partial<ServerOptions> = {}): Promise<OpenedCollector> {
  const database = await openDatabase('memory')
  const collector = new Collector({ database, now, random: new RandomIntegers(cryptoBytes), log: () => undefined })
  await collector.start(plan)
  const app = await buildServer(collector, { now, dashboard: DASHBOARD, ...more })
  await app.ready()
  return { collector, app }
}
