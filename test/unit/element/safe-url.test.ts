import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { safeUrl } from '../../../src/element/safe-url'

const BASE = 'https://shop.example/category/chairs?page=2'

describe('safeUrl', () => {
  it.each([
    ['https://cdn.example/a.png', 'https://cdn.example/a.png'],
    ['HTTP://cdn.example/a', 'http://cdn.example/a'],
    ['/p/1', 'https://shop.example/p/1'],
    ['p/1?q=a:b', 'https://shop.example/category/p/1?q=a:b'],
    ['?page=3', 'https://shop.example/category/chairs?page=3'],
    ['#top', `${BASE}#top`],
    ['//cdn.example/a', 'https://cdn.example/a'],
    [' /p/1 ', 'https://shop.example/p/1'],
  ])('lets %j through', (value, expected) => {
    expect(safeUrl(value, BASE)).toBe(expected)
  })

  it.each([
    undefined,
    '',
    '   ',
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'ht\ttps://shop.example/',
    '/p/\n1',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:x',
    'blob:https://shop.example/1',
    'file:///etc/passwd',
    'https://',
    'http://[',
  ])('refuses %j', (value) => {
    expect(safeUrl(value, BASE)).toBeUndefined()
  })

  it('resolves against a page that is a file, and only relative addresses', () => {
    expect(safeUrl('p/1', 'file:///shop/index.html')).toBe('file:///shop/p/1')
    expect(safeUrl('file:///etc/passwd', 'file:///shop/index.html')).toBeUndefined()
  })

  it('refuses relative addresses where nothing can be relative', () => {
    expect(safeUrl('/p/1', 'about:blank')).toBeUndefined()
  })

  it('gives http(s) or nothing, whatever comes', () => {
    const scheme = fc.constantFrom('javascript', 'data', 'vbscript', 'blob', 'file', 'ftp', 'https', 'HTTP')
    const noise = fc.array(fc.constantFrom('\t', '\n', '\r', ' ', '\0', '\u001f', ':', '/', '\\', '%0a', 'x'), { maxLength: 3 })
    const nasty = fc
      .tuple(noise, scheme, noise, fc.constantFrom(':', '&colon;', '%3a', '\u2236', ''), fc.string())
      .chain(([before, name, inside, colon, rest]) =>
        fc.nat(name.length).map((at) => before.join('') + name.slice(0, at) + inside.join('') + name.slice(at) + colon + rest),
      )
    fc.assert(
      fc.property(fc.oneof(nasty, fc.webUrl(), fc.string(), fc.string({ unit: 'binary' })), (value) => {
        const url = safeUrl(value, BASE)
        if (url !== undefined) expect(new URL(url, BASE).protocol).toMatch(/^https?:$/)
      }),
      { seed: 7, numRuns: 3000 },
    )
  })
})
