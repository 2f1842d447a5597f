import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'

/** What a file is served as, and whether its bytes still shrink. */
const TYPES: Readonly<Record<string, readonly [type: string, shrinks: boolean]>> = {
  '.html': ['text/html; charset=utf-8', true],
  '.js': ['text/javascript; charset=utf-8', true],
  '.mjs': ['text/javascript; charset=utf-8', true],
  '.css': ['text/css; charset=utf-8', true],
  '.json': ['application/json', true],
  '.txt': ['text/plain; charset=utf-8', true],
  '.svg': ['image/svg+xml', true],
  '.webmanifest': ['application/manifest+json', true],
  '.wasm': ['application/wasm', true],
  '.pack': ['application/octet-stream', true],
  '.webp': ['image/webp', false],
  '.png': ['image/png', false],
}
const UNKNOWN = ['application/octet-stream', false] as const

type Headers = Readonly<Record<string, string>>
type Content = string | Uint8Array

export type ServeOptions = {
  /** Folders on disk by the path they are served under, which ends in a slash: `{ '/dist/': '/…/dist' }`. The longest path that fits wins. */
  readonly roots?: Readonly<Record<string, string>>
  /** Files that are on no disk, by path: `{ '/': '<!doctype html>…' }`. They win over folders. Asked for at every request. */
  readonly pages?: Readonly<Record<string, Content>>
  /** Origins of other servers by the path they answer under: `{ '/api/': 'http://…' }`. They win over folders; their answers keep their own headers. */
  readonly others?: Readonly<Record<string, string>>
  /** Sent with every answer, or by path: a Content-Security-Policy, cross-origin headers, `cache-control` (default `no-store`). */
  readonly headers?: Headers | ((path: string) => Headers)
}

/** One request as it arrived, whatever the answer was. */
export type SeenRequest = {
  readonly method: string
  /** Path and query. */
  readonly url: string
  readonly headers: IncomingMessage['headers']
  /** As text, and as it came. */
  readonly body: string
  readonly bytes: Uint8Array
}

/**
 * Serves folders and pages as a plain web server would, on a free port of this machine: right types, text and packs gzipped for those who
 * take it, 404 for the rest. Nothing outside the folders can be had.
 *
 * @returns `origin` without a slash at its end; `requests` in order of arrival, growing; `close` ends connections too.
 */
export async function serve({ roots = {}, pages = {}, others = {}, headers = {} }: ServeOptions): Promise<{
  readonly origin: string
  readonly requests: readonly SeenRequest[]
  readonly close: () => Promise<void>
}> {
  const requests: SeenRequest[] = []
  const prefixes = Object.keys(roots).sort((a, b) => b.length - a.length)

  async function find(path: string): Promise<Content | undefined> {
    const page = pages[path]
    if (page !== undefined) return page
    const prefix = prefixes.find((candidate) => path.startsWith(candidate))
    if (prefix === undefined) return undefined
    const file = path.slice(prefix.length) + (path.endsWith('/') ? 'index.html' : '')
    // Made absolute before it is joined: `..` then cannot climb out.
    return readFile(join(roots[prefix]!, normalize(`/${file}`))).catch(() => undefined)
  }

  async function answer(asked: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/' } = asked
    const chunks: Uint8Array[] = []
    for await (const chunk of asked) chunks.push(chunk)
    const sent = Buffer.concat(chunks)
    requests.push({ method, url, headers: asked.headers, body: sent.toString(), bytes: sent })
    const other = Object.keys(others).find((candidate) => url.startsWith(candidate))
    if (other !== undefined) return passOn(others[other]!, asked, sent, response)
    const path = pathOf(url)
    const content = await find(path)
    const own = typeof headers === 'function' ? headers(path) : headers
    if (content === undefined) {
      response.writeHead(404, { 'content-type': 'text/plain', ...own }).end('not found')
      return
    }
    const [type, shrinks] = TYPES[path.endsWith('/') ? '.html' : extname(path)] ?? UNKNOWN
    const isGzipped = shrinks && /\bgzip\b/.test(String(asked.headers['accept-encoding']))
    const plain = Buffer.from(content)
    const body = isGzipped ? await promisify(gzip)(plain) : plain
    response.writeHead(200, {
      'content-type': type,
      'content-length': body.length,
      'cache-control': 'no-store',
      ...(isGzipped && { 'content-encoding': 'gzip' }),
      ...own,
    })
    response.end(method === 'HEAD' ? undefined : body)
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error) => response.destroy(error))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a server that listens on a port has one
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Asks another server the same, and answers as it does. */
async function passOn(origin: string, { method, url, headers }: IncomingMessage, sent: Buffer, response: ServerResponse): Promise<void> {
  const asked = request(new URL(url!, origin), { method, headers })
  asked.end(sent)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage] // what a request's event `response` brings
  response.writeHead(answer.statusCode!, answer.headers)
  answer.pipe(response)
}

/** A path that cannot be decoded names no file. */
function pathOf(url: string): string {
  try {
    return decodeURIComponent(new URL(url, 'http://host').pathname)
  } catch {
    return ''
  }
}
