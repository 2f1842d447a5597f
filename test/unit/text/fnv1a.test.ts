import fc from 'fast-check'
import { expect, it } from 'vitest'
import { fnv1a } from '../../../worker/text/fnv1a'

/** The definition, over an encoder's bytes. */
function reference(text: string): number {
  let hash = 0x811c9dc5n
  for (const byte of new TextEncoder().encode(text)) hash = ((hash ^ BigInt(byte)) * 0x01000193n) & 0xffffffffn
  return Number(hash)
}

it('hashes the published examples', () => {
  expect(fnv1a('')).toBe(0x811c9dc5)
  expect(fnv1a('a')).toBe(0xe40c292c)
  expect(fnv1a('foobar')).toBe(0xbf9cf968)
})

it('agrees with the definition on any text, lone surrogates included', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => fnv1a(text) === reference(text)),
    { seed: 1 },
  )
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0xd700, max: 0xe100 })), (codes) => {
      const text = String.fromCharCode(...codes)
      return fnv1a(text) === reference(text)
    }),
    { seed: 2 },
  )
})
