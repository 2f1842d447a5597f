import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { COLLECTOR_PATH, type CollectorFile, SIMULATION_PATH } from '../signals/collector-file'
import { MovingClock } from './moving-clock'
import { type OpenedCollector, openCollector } from './open-collector'
import { readStored } from './read-stored'

export type CollectorsOptions = {
  /** JSON in UTF-8, as the shop serves it. */
  readonly plan: Uint8Array
  /** Milliseconds since 1970. */
  readonly now: () => number
}

/**
 * Two collectors behind one port of this machine: one for visitors of the shop, by the real clock; one for simulated visitors, whose clock is moved on by a
 * request, and which shows what it has stored. The first is opened at once, the other when it is first asked for something.
 */
export async function startCollectors({
  plan,
  now,
}: CollectorsOptions): Promise<{ readonly origin: string; readonly close: () => Promise<void> }> {
  const clock = new MovingClock(now())
  // This server is the relay of the simulated visitors: only relays may send many reports in one request.
  const relayToken = randomBytes(16).toString('hex')
  const visitors = once(() => openCollector(plan, now))
  const simulation = once(() => openCollector(plan, clock.now, { relayToken }))

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { url = '/' } = request
    const file: CollectorFile = { isRunning: true }
    if (url === '/collector.json') return send(response, 200, file)
    if (url.startsWith(`/${COLLECTOR_PATH}`)) return passOn(await visitors(), COLLECTOR_PATH, request, response)
    if (!url.startsWith(`/${SIMULATION_PATH}`)) return send(response, 404, {})
    const own = await simulation()
    switch (`${request.method} ${url.slice(SIMULATION_PATH.length + 1)}`) {
      case 'GET demo/week':
        return clock.week === undefined ? send(response, 409, {}) : send(response, 200, { epoch: clock.week })
      case 'POST demo/close-week':
        clock.moveOn()
        await own.collector.takeTurn()
        return send(response, 200, {})
      case 'GET ':
        return sendSimulated(await own.app.inject('/'), response)
      case 'GET demo/stored':
        return send(response, 200, { tables: await readStored(own.collector.database) })
      default:
        request.headers.authorization = `Bearer ${relayToken}`
        return passOn(own, SIMULATION_PATH, request, response)
    }
  }

  // Whoever asks it first is told why it did not open.
  visitors().catch(() => undefined)
  const server = createServer((request, response) => {
    answer(request, response).catch((thrown) => response.destroy(thrown))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  return {
    origin: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
      for (const opened of [visitors, simulation]) await opened.close()
    },
  }
}

/** Opens on the first call, and only then. */
function once(open: () => Promise<OpenedCollector>): { (): Promise<OpenedCollector>; readonly close: () => Promise<void> } {
  let opened: Promise<OpenedCollector> | undefined
  const get = () => {
    opened ??= open()
    return opened
  }
  const close = async () => {
    const { app, collector } = (await opened) ?? {}
    await app?.close()
    await collector?.close()
  }
  return Object.assign(get, { close })
}

/** Has a collector answer as if its path were the root. */
function passOn({ app }: OpenedCollector, path: string, request: IncomingMessage, response: ServerResponse): void {
  request.url = request.url!.slice(path.length) // it begins with a slash, and the path ends with one
  app.routing(request, response)
}

/** The dashboard's page, told that what it shows is simulated. @param answer the collector's own to `/`. */
function sendSimulated(answer: Awaited<ReturnType<OpenedCollector['app']['inject']>>, response: ServerResponse): void {
  const { etag: _, ...headers } = answer.headers
  const page = answer.payload.replace('<html ', '<html data-simulated ')
  response.writeHead(answer.statusCode, { ...headers, 'content-length': Buffer.byteLength(page) }).end(page)
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body))
}
