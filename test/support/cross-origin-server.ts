import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'

export type CrossOriginRequest = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array<ArrayBuffer>
}

/**
 * A server that pages of other origins may use, as those of aggregators, relays and collectors allow it: any method, any media type, no credentials.
 * @param answer to all but preflights.
 * @returns `requests` in order of arrival, preflights included, growing.
 */
export async function crossOriginServer(answer: (request: CrossOriginRequest) => Promise<Response>) {
  const requests: CrossOriginRequest[] = []
  const server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk)
    const { method = 'GET', url: path = '/', headers } = incoming
    const request = { method, path, headers, body: Uint8Array.from(Buffer.concat(chunks)) }
    requests.push(request)
    const allowed = {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'PUT, POST',
      'access-control-allow-headers': 'content-type',
    }
    if (method === 'OPTIONS') {
      outgoing.writeHead(204, allowed).end()
      return
    }
    const response = await answer(request)
    const body = Buffer.from(await response.arrayBuffer())
    outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...allowed }).end(body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // Of a server that listens on a port.
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  return { origin: `http://127.0.0.1:${port}`, requests, close }
}
