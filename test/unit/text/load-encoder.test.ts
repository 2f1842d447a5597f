import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { fetchFromDisk } from '../../../pack/encoder-from-disk'
import { encoderFiles } from '../../../worker/text/encoder-files'
import type { Fetch } from '../../../worker/text/fetching'
import { loadEncoder } from '../../../worker/text/load-encoder'

/** Serves the real files after `change` had its way with those whose address contains `part`. */
function serving(part: string, change: (bytes: Uint8Array<ArrayBuffer>, url: URL) => BodyInit | null, status = 200): Fetch {
  return async (url) => {
    const address = new URL(url)
    if (!address.pathname.includes(part)) return fetchFromDisk(address)
    return new Response(change(new Uint8Array(readFileSync(address)), address), { status })
  }
}

const refusals: [string, Fetch, RegExp][] = [
  ['model missing', serving('model', () => null, 404), /model\.safetensors\.gz did not load .*HTTP 404/],
  ['vocabulary missing', serving('vocabulary', () => null, 404), /vocabulary\.txt\.gz did not load/],
  ['network down', () => Promise.reject(new TypeError('Failed to fetch')), /did not load \(TypeError: Failed to fetch\)/],
  ['model cut short', serving('model', (bytes) => bytes.slice(0, 100_000)), /did not load/],
  ['a page instead of the model', serving('model', () => '<!doctype html><title>Not found</title>'), /the word table is damaged/],
  ['model unpacked and cut short', serving('model', (bytes) => new Uint8Array(gunzipSync(bytes)).slice(0, -1)), /table is damaged/],
  ['vocabulary of another model', serving('vocabulary', () => 'one\ntwo\nthree\n'), /"embedding" is I8 \[40000,64\], expected I8 \[3,64\]/],
]

describe('loadEncoder', () => {
  it.each(refusals)('%s: refused as encoder-failed', async (_, fetch, message) => {
    await expect(loadEncoder(fetch, encoderFiles())).rejects.toMatchObject({
      code: 'encoder-failed',
      message: expect.stringMatching(message),
    })
  })

  it('takes files that the server has already unpacked', async () => {
    const encoder = await loadEncoder(
      serving('.gz', (bytes) => new Uint8Array(gunzipSync(bytes))),
      encoderFiles(),
    )
    expect(encoder.encode('chair').some((value) => value !== 0)).toBe(true)
  })

  it('asks for exactly two files, without credentials or referrer', async () => {
    const asked: [string, RequestInit | undefined][] = []
    await loadEncoder((url, init) => {
      asked.push([new URL(url).pathname.split('/').at(-1)!, init])
      return fetchFromDisk(url)
    }, encoderFiles())
    const init = { credentials: 'omit', referrerPolicy: 'no-referrer', signal: expect.any(AbortSignal) }
    expect(asked).toEqual([
      ['model.safetensors.gz', init],
      ['vocabulary.txt.gz', init],
    ])
  })
})
