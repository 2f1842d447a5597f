import { connect } from 'node:net'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../collector/database/database'
import { openDatabase } from '../../../collector/database/open-database'
import type { ServerOptions } from '../../../collector/server/build-server'
import { patiently } from '../../support/patiently'
import { EPOCH, testCollector } from '../../support/test-collector'

/** Of those tests that wait for it: elsewhere nothing must be late because the machine is. */
const DEADLINE_MS = 300

let database: Database
let bench: Awaited<ReturnType<typeof testCollector>>
let port: number
beforeAll(async () => {
  database = await openDatabase('memory')
}, 120_000)
beforeEach(async () => {
  await start({})
  return () => bench.app.close()
})
afterAll(() => database.close())

async function start(server: Partial<ServerOptions>): Promise<void> {
  bench = await testCollector(database, { server })
  await bench.app.listen({ port: 0, host: '127.0.0.1' })
  const address = bench.app.server.address()
  port = typeof address === 'object' && address ? address.port : 0
}

/** In place of the one that every test has. */
async function startAnother(server: Partial<ServerOptions>): Promise<void> {
  await bench.app.close()
  await start(server)
}

/** Writes pieces one after another, for as long as the other side lets it. @returns all that came back, and how many bytes went out. */
function talk(pieces: Iterable<string | Uint8Array>): Promise<{ readonly text: string; readonly written: number }> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    let [text, isOver] = ['', false]
    socket.setEncoding('latin1')
    socket.on('data', (data) => {
      text += data
    })
    // Whoever is cut off may hear of it as an error; what counts is what was answered.
    socket.on('error', () => {})
    socket.on('close', () => {
      isOver = true
      resolve({ text, written: socket.bytesWritten })
    })
    const next = pieces[Symbol.iterator]()
    const write = () => {
      const { value, done } = next.next()
      if (!done && !isOver) socket.write(value, write)
    }
    socket.on('connect', write)
  })
}
const head = (...lines: string[]) => `${['POST /v1/reports HTTP/1.1', 'Host: collect.example', ...lines].join('\r\n')}\r\n\r\n`
const countOf = (code: string) => bench.collector.counts.entries().find(([one]) => one === code)![1]
const isWell = async () => expect((await bench.post(bench.make({ epoch: EPOCH }))).status).toBe(200)

describe('over a connection, the collector', () => {
  test('refuses a body of 10 MB as soon as it is announced', async () => {
    const { text, written } = await talk([head('Content-Length: 10485760')])
    expect(text).toMatch(/^HTTP\/1.1 413 /)
    expect(text).toContain('"code":"too-large"')
    expect(written).toBeLessThan(200)
    expect(countOf('too-large')).toBe(1)
    await isWell()
  })

  test('cuts one off that is not announced, long before its end', async () => {
    const chunk = `10000\r\n${'x'.repeat(65_536)}\r\n`
    const { text, written } = await talk([head('Transfer-Encoding: chunked'), ...Array<string>(160).fill(chunk)])
    expect(text).toContain('"code":"too-large"')
    expect(written).toBeLessThan(8_000_000)
    await isWell()
  })

  test.each([
    ['a body that stops', [head('Content-Length: 40'), new Uint8Array(39)]],
    ['headers that stop', ['POST /v1/reports HTTP/1.1\r\nHost: x\r\nX-Slow: ']],
  ])('does not wait for %s', async (_name, pieces) => {
    await startAnother({ deadlineMs: DEADLINE_MS })
    const { text } = await talk(pieces)
    expect(text).toMatch(/^HTTP\/1.1 408 /)
    expect(text).toContain('"code":"slow"')
    expect(countOf('slow')).toBe(1)
    await isWell()
  })

  test.each([
    ['a zero in a header', head('X-Evil: a\0b', 'Content-Length: 40')],
    ['a header over several lines', head('X-Evil: a', ' b: c', 'Content-Length: 40')],
    ['two lengths', head('Content-Length: 40', 'Content-Length: 41')],
    ['a length and chunks', head('Content-Length: 40', 'Transfer-Encoding: chunked')],
    ['a length that is no number', head('Content-Length: 4x')],
    ['64 KB of headers', head(`X-Long: ${'x'.repeat(65_536)}`)],
    ['no HTTP', 'hello\r\n\r\n'],
  ])('refuses %s, by a code, and repeats nothing of it', async (_name, request) => {
    const { text } = await talk([request])
    expect(text).toMatch(/^HTTP\/1.1 4\d\d /)
    expect(text).toContain('"code":"request-invalid"')
    expect(text).not.toMatch(/evil|xxx|hello/i)
    expect(countOf('request-invalid')).toBe(1)
    await isWell()
  })

  test('answers a flood on one connection as often as is allowed, and then says too many', async () => {
    await startAnother({ reportsPerMinute: 20 })
    const one = () => Buffer.concat([Buffer.from(head('Content-Length: 40')), bench.make({ epoch: EPOCH })])
    const last = Buffer.concat([Buffer.from(head('Content-Length: 40', 'Connection: close')), bench.make({ epoch: EPOCH })])
    const { text } = await talk([...Array.from({ length: 299 }, one), last])
    expect(text.match(/HTTP\/1.1 200 /g)).toHaveLength(20)
    expect(text.match(/HTTP\/1.1 429 /g)).toHaveLength(280)
    expect(text.match(/retry-after: \d+/gi)).toHaveLength(280)
    expect(countOf('too-many')).toBe(280)
  })

  test('does not wait for a connection on which nothing is said', async () => {
    await startAnother({ deadlineMs: DEADLINE_MS })
    const { text } = await talk([])
    expect(text).toMatch(/^HTTP\/1.1 408 /)
    expect(countOf('slow')).toBe(1)
  })

  test('does not wait for whoever asks and does not fetch the answers', async () => {
    await startAnother({ deadlineMs: DEADLINE_MS })
    // More than the buffers on the way hold.
    const asked = Array<string>(60_000).fill('GET /health HTTP/1.1\r\nHost: x\r\n\r\n').join('')
    const socket = connect(port, '127.0.0.1', () => socket.write(asked))
    socket.pause()
    socket.on('error', () => {})
    await new Promise<void>((resolve) => bench.app.server.once('connection', (other) => other.once('close', () => resolve())))
    socket.destroy()
    await isWell()
  })

  test.each([
    [0, 3],
    [1, 5],
  ])(
    'with %i proxies in front, keeps %i of five connections of one address, and takes others once some are closed',
    async (proxies, kept) => {
      await startAnother({ connectionsOfOne: 3, proxies })
      const sockets = [1, 2, 3, 4, 5].map(() => connect(port, '127.0.0.1'))
      const states = sockets.map(async (socket) => {
        socket.on('error', () => {})
        const answered = new Promise<boolean>((resolve) => socket.once('data', () => resolve(true)))
        const ended = new Promise<boolean>((resolve) => socket.once('close', () => resolve(false)))
        socket.write('GET /health HTTP/1.1\r\nHost: x\r\n\r\n')
        return Promise.race([answered, ended])
      })
      expect((await Promise.all(states)).filter(Boolean)).toHaveLength(kept)
      for (const socket of sockets) socket.destroy()
      // Once the other side has seen it.
      await patiently(async () => {
        const { text } = await talk(['GET /health HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'])
        expect(text).toMatch(/^HTTP\/1.1 200 /)
      })
    },
  )

  test('lets go of whoever hangs up in the middle, and counts nothing for it', async () => {
    await new Promise<void>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => {
        socket.write(head('Content-Length: 40'))
        socket.resetAndDestroy()
      })
      socket.on('close', () => resolve())
    })
    await isWell()
    expect(bench.collector.counts.entries().filter(([, count]) => count > 0)).toEqual([])
  })
})
