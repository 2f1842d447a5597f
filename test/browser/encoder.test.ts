import { beforeAll, describe, expect, it } from 'vitest'
import type { Encoder } from '../../worker/text/encoder'
import { encoderFiles } from '../../worker/text/encoder-files'
import { gunzip } from '../../worker/text/gunzip'
import { loadEncoder, wordTable } from '../../worker/text/load-encoder'
import { createStaticEncoder } from '../../worker/text/static-encoder'
import { cosine, expectVector, golden } from '../support/catalog-golden'

describe('the text encoder in a browser', () => {
  let short: Encoder
  let full: Encoder
  beforeAll(async () => {
    const { model, vocabulary } = encoderFiles()
    const read = async (url: URL) => gunzip(new Uint8Array(await (await fetch(url)).arrayBuffer()))
    short = createStaticEncoder(wordTable(await read(model), new TextDecoder().decode(await read(vocabulary))), 0)
    full = await loadEncoder((url, init) => fetch(url, init), encoderFiles())
  })

  it('encodes every published text as published', () => {
    for (const { text, vector } of golden.texts) expectVector(short.encode(text), vector, text)
    for (const { text, vector } of golden.withTail64) expectVector(full.encode(text), vector, text)
  })

  it('puts near texts before far ones', () => {
    for (const { anchor, near, far } of golden.triplets) {
      expect(cosine(full, anchor, near), anchor).toBeGreaterThan(cosine(full, anchor, far))
    }
  })

  it('says what is missing where its files are not served', async () => {
    await expect(loadEncoder((url, init) => fetch(`${url}.missing/`, { ...init, method: 'POST' }), encoderFiles())).rejects.toMatchObject({
      code: 'encoder-failed',
    })
  })
})
