import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../../../src/shared/oblivious/binary-http'
import { ByteReader, variableBytes } from '../../../src/shared/oblivious/byte-reader'
import { hexBytes } from '../../support/hex-bytes'

const ASCII = fc.string({ unit: 'binary-ascii', maxLength: 300 })

describe('requests', () => {
  test('of any method, address and content are read as they were written', () => {
    const requests = fc.record({ method: ASCII, scheme: ASCII, authority: ASCII, path: ASCII, content: fc.uint8Array({ maxLength: 500 }) })
    fc.assert(
      fc.property(requests, (request) => {
        expect(decodeRequest(encodeRequest(request))).toEqual({ ...request, content: Uint8Array.from(request.content) })
      }),
    )
  })

  test('their fields, trailers and padding are passed over', () => {
    // GET https://a/ with the field `b: c`, the content 01 02, the trailer `d: e`, and two bytes of padding.
    const bytes = hexBytes('00034745540568747470730161012f0401620163020102040164016500 00'.replace(' ', ''))
    expect(decodeRequest(bytes)).toEqual({ method: 'GET', scheme: 'https', authority: 'a', path: '/', content: Uint8Array.of(1, 2) })
  })

  test('sections at the end that are empty may be left out', () => {
    const whole = encodeRequest({ method: 'GET', scheme: 'https', authority: 'a', path: '/', content: new Uint8Array() })
    for (const cut of [0, 1, 2]) expect(decodeRequest(whole.slice(0, whole.length - cut)).path).toBe('/')
    expect(() => decodeRequest(whole.slice(0, whole.length - 3))).toThrow('a message ends too early')
  })
})

describe('responses', () => {
  test('of any status are read as they were written, and of one length whatever the status', () => {
    const given = fc.record({ status: fc.integer({ min: 200, max: 599 }), content: fc.uint8Array({ maxLength: 500 }) })
    fc.assert(
      fc.property(given, ({ status, content }) => {
        const bytes = encodeResponse({ status, content })
        expect(decodeResponse(bytes)).toEqual({ status, content: Uint8Array.from(content) })
        expect(bytes.length).toBe(encodeResponse({ status: 200, content }).length)
      }),
    )
  })

  test('the ones that only announce it are passed over', () => {
    // 102 with the field `a: b`, 103 without, then 200.
    expect(decodeResponse(hexBytes('0140660401610162406700 40c8'.replace(' ', '')))).toEqual({ status: 200, content: new Uint8Array() })
  })
})

test.each([
  ['a response for a request', () => decodeRequest(hexBytes('0140c8'))],
  ['a request for a response', () => decodeResponse(hexBytes('00034745540568747470730161012f'))],
  ['an indeterminate-length request', () => decodeRequest(hexBytes('02034745540568747470730161012f00'))],
])('%s is refused', (_what, read) => {
  expect(read).toThrow(expect.objectContaining({ code: 'report-invalid', details: { reason: 'framing' } }))
})

test('bytes at random are read or refused, never worse', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.constantFrom(decodeRequest, decodeResponse), (bytes, read) => {
      try {
        read(bytes)
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'report-invalid' })
      }
    }),
    { numRuns: 2000 },
  )
})

describe('numbers of variable length', () => {
  // RFC 9000, Appendix A.1; its longest is beyond what a number holds exactly, so the first is another.
  test.each([
    ['c0000000ffffffff', 4_294_967_295],
    ['9d7f3e7d', 494_878_333],
    ['7bbd', 15_293],
    ['25', 37],
    ['4025', 37],
  ])('%s', (bytes, value) => {
    expect(new ByteReader(hexBytes(bytes)).variable()).toBe(value)
  })

  test('are written in one or two bytes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 16_383 }), (value) => {
        expect(new ByteReader(Uint8Array.from(variableBytes(value))).variable()).toBe(value)
      }),
    )
  })
})
