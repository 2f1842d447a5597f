import { describe, expect, it } from 'vitest'
import { readEstimates } from '../../../../pack/estimates/read-estimates'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const DOCUMENT = { sotto: 'estimates/1', plans: {}, epochs: [] }
const TEXT = JSON.stringify(DOCUMENT)

/** A server that answers each address with what is made for it, and notes what it was asked for. */
function server(answer: (url: URL, signal: AbortSignal) => Response | Promise<Response>) {
  const asked: string[] = []
  const fetch = async (input: string | URL | Request, init?: RequestInit) => {
    asked.push(String(input))
    return answer(new URL(String(input)), init!.signal!)
  }
  return { asked, read: (source: string, options = {}) => readEstimates(source, { now: 0, fetch, ...options }) }
}

describe('reading estimates', () => {
  it('takes a file', async () => {
    const { asked, read } = server(() => new Response(TEXT))
    expect(await read(file('estimates.json', TEXT))).toEqual(DOCUMENT)
    expect(asked).toEqual([])
  })

  it('takes an address as it is, and adds the path to that of a collector', async () => {
    const { asked, read } = server(() => new Response(TEXT))
    expect(await read('https://collect.example')).toEqual(DOCUMENT)
    await read('https://collect.example/kept/estimates.json')
    expect(asked).toEqual(['https://collect.example/v1/estimates', 'https://collect.example/kept/estimates.json'])
  })

  it.each<[string, () => Response | Promise<Response>, string, RegExp]>([
    [
      'an answer that is none',
      () => new Response('gone', { status: 404 }),
      'invalid-argument',
      /estimates: answers 404, expected 200: no collector publishes there/,
    ],
    [
      'a page',
      () => new Response('<html>'),
      'invalid-argument',
      /is a web page, no estimates: is there a collector at this address\?; expected what GET \/v1\/estimates .*; nothing was written; leave out --estimates/,
    ],
    ['one that is out of order', () => new Response('', { status: 503 }), 'invalid-argument', /answers 503, expected 200: try again later/],
    ['half an answer', () => new Response('{"sotto":'), 'invalid-argument', /is not JSON in UTF-8; expected what GET/],
    [
      'nobody at the port',
      () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new AggregateError([]), { code: 'ECONNREFUSED' }) })),
      'invalid-argument',
      /cannot be reached: nobody answers there \(ECONNREFUSED\); is the collector running\?; nothing was written/,
    ],
    [
      'another document',
      () => new Response('{"sotto":"plan"}'),
      'invalid-argument',
      /sotto must be 'estimates\/1' \(as GET .*got plan; nothing was written/,
    ],
    [
      'no server',
      () => Promise.reject(new TypeError('fetch failed', { cause: new Error('no such host') })),
      'invalid-argument',
      /no such host/,
    ],
    ['too much', () => new Response(`${TEXT}${' '.repeat(2000)}`), 'invalid-argument', /has more than 1000 bytes/],
  ])('refuses %s', async (_, answer, code, message) => {
    const { read } = server(answer)
    await expect(read('https://collect.example', { mostBytes: 1000 })).rejects.toMatchObject({
      code,
      message: expect.stringMatching(message),
    })
  })

  it('gives up on an answer that does not end in time', async () => {
    const { read } = server(
      (_, signal) =>
        new Response(
          new ReadableStream({
            start(controller) {
              controller.enqueue(new TextEncoder().encode('{'))
              signal.addEventListener('abort', () => controller.error(signal.reason))
            },
          }),
        ),
    )
    await expect(read('https://collect.example', { deadlineMs: 20 })).rejects.toMatchObject({
      code: 'deadline',
      message: expect.stringContaining('did not answer in full within 0.02 s'),
    })
  })

  it('refuses a file that is not there, or too large', async () => {
    const { read } = server(() => new Response(TEXT))
    await expect(read(file('none.json'))).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringMatching(/none\.json: cannot be read: it is not there \(ENOENT\); expected an address, or a file/),
    })
    await expect(read(file('large.json', TEXT), { mostBytes: 10 })).rejects.toThrow('has more than 10 bytes')
  })
})
