import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'

/** One request as it arrived. */
export type Heard = {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
}

export type CollectorDouble = {
  readonly origin: string
  /** In order of arrival, growing. */
  readonly heard: readonly Heard[]
  /** What `POST /v1/reports` is answered with; default 200. */
  status: number
  /** By how much its clock is ahead of this machine's, ms. */
  shiftMs: number
  readonly close: () => Promise<void>
}

/** Stands where a collector would: serves a plan, takes whatever is posted, and remembers it all. */
export async function serveCollector(plan: SignalPlan): Promise<CollectorDouble> {
  const heard: Heard[] = []
  const server = createServer(async (request, response) => {
    const chunks: Uint8Array[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { method = '', url = '', headers } = request
    heard.push({ method, url, headers, body: Buffer.concat(chunks) })
    response.writeHead(method === 'POST' ? double.status : 200, {
      'content-type': 'application/json',
      date: new Date(Date.now() + double.shiftMs).toUTCString(),
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'date',
      // A collector that would like to know who comes back.
      etag: `"${heard.length}"`,
      'cache-control': 'max-age=0',
    })
    response.end(url === '/v1/plan.json' ? JSON.stringify(plan) : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  const double: CollectorDouble = {
    origin: `http://127.0.0.1:${port}`,
    heard,
    status: 200,
    shiftMs: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return double
}
