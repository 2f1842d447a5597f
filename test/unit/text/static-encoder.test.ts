import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { beforeAll, describe, expect, it } from 'vitest'
import { encoderFromDisk } from '../../../pack/encoder-from-disk'
import type { Encoder } from '../../../worker/text/encoder'
import { encoderFiles } from '../../../worker/text/encoder-files'
import { wordTable } from '../../../worker/text/load-encoder'
import { pieces } from '../../../worker/text/pieces'
import { createStaticEncoder, type WordTable } from '../../../worker/text/static-encoder'
import { tokenise } from '../../../worker/text/tokenise'
import { cosine, expectVector, golden } from '../../support/catalog-golden'

const onDisk = (url: URL) => new Uint8Array(gunzipSync(readFileSync(url)))

describe('the text encoder', () => {
  let table: WordTable
  let short: Encoder
  let full: Encoder
  beforeAll(async () => {
    const files = encoderFiles()
    table = wordTable(onDisk(files.model), new TextDecoder().decode(onDisk(files.vocabulary)))
    short = createStaticEncoder(table, 0)
    full = await encoderFromDisk()
  })

  it('has 40,000 words and 128 dims', () => {
    expect(table.rows.size).toBe(40_000)
    expect(full.dim).toBe(128)
  })

  it.each(golden.texts)('cuts and encodes "$text" as published', ({ text, pieces: expected, vector }) => {
    expect(tokenise(text).flatMap((token) => pieces(token, (word) => table.rows.has(word)))).toEqual(expected)
    expectVector(short.encode(text), vector, text)
  })

  it.each(golden.triplets)('$anchor: $near is nearer than $far', ({ anchor, near, far, cosNear, cosFar }) => {
    expect(cosine(short, anchor, near)).toBeCloseTo(cosNear, 3)
    expect(cosine(short, anchor, far)).toBeCloseTo(cosFar, 3)
    expect(cosine(short, anchor, near)).toBeGreaterThan(cosine(short, anchor, far))
  })

  it.each(golden.withTail64)('encodes "$text" with spelling dims as published', ({ text, vector }) => {
    expectVector(full.encode(text), vector, text)
  })

  it('gives norm 1, and zeros where there is no letter or digit', () => {
    expect(Math.hypot(...full.encode('Xerox 1881, 20 lb'))).toBeCloseTo(1, 6)
    expect(full.encode('')).toEqual(new Float32Array(128))
    expect(full.encode(' -- !? ')).toEqual(new Float32Array(128))
  })

  it('says the same when its cache has been filled over and over', () => {
    const before = full.encode('Bush Somerset bookcase')
    for (let word = 0; word < 20_000; word++) full.encode(`w${word.toString(36)}q`)
    expect(full.encode('Bush Somerset bookcase')).toEqual(before)
  })
})

describe('a table of few words', () => {
  const words = ['box', 'house', 'its']
  const embedding = Int8Array.from({ length: words.length * 32 }, (_, at) => (at % 32 === Math.floor(at / 32) ? 100 : 0))
  const encoder = createStaticEncoder(
    {
      dim: 32,
      rows: new Map(words.map((word, row) => [word, row])),
      embedding,
      weight: new Float32Array([1, 1, 1]),
      scale: 0.01,
      unknownWeight: 0.85,
      unknownNumberWeight: 0.25,
    },
    0,
  )
  it.each([
    ['boxes', 'box'],
    ['houses', 'house'],
    ['Boxs', 'box'],
  ])('finds %s under %s', (plural, word) => {
    expect(encoder.encode(plural)).toEqual(encoder.encode(word))
  })
  it.each(['it', 'boxer'])('does not know %s', (word) => {
    // A known word of this table lies along one axis.
    expect(Math.max(...encoder.encode(word).map(Math.abs))).toBeLessThan(0.9)
  })
  it('weighs unknown numbers less than unknown words', () => {
    const share = (text: string) => encoder.encode(`box ${text}`)[0]!
    expect(share('4711')).toBeGreaterThan(share('qwrt'))
  })
})
