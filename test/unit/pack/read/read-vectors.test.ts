import { describe, expect, it } from 'vitest'
import { readVectors } from '../../../../pack/read/read-vectors'
import { writeSafetensors } from '../../../../pack/write-safetensors'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const vectors = { name: 'vectors', shape: [2, 2], data: new Float32Array([1, 2, 3, 4]) }
const names = (text: string) => {
  const data = new TextEncoder().encode(text)
  return { name: 'ids', shape: [data.length], data }
}
const read = (tensors: Parameters<typeof writeSafetensors>[0], ids: readonly (string | undefined)[]) =>
  readVectors(file('vectors', writeSafetensors(tensors, {})), ids)

describe("a site's own vectors", () => {
  it('stand in the order of the feed', async () => {
    expect(await read([vectors], ['a', undefined])).toEqual({ values: new Float32Array([1, 2, 3, 4]), dim: 2, missing: 0, unknown: 0 })
  })

  it('or are told apart by ids', async () => {
    expect(await read([vectors, names('ä\nx')], ['a', undefined, 'ä'])).toEqual({
      values: new Float32Array([0, 0, 0, 0, 1, 2]),
      dim: 2,
      missing: 1,
      unknown: 1,
    })
  })

  it.each<[string, Parameters<typeof read>, RegExp]>([
    ['none', [[], ['a']], /"vectors" is missing/],
    ['too few', [[vectors], ['a']], /has 2 rows, the feed 1 entry;/],
    ['of another shape', [[{ ...vectors, shape: [4] }], ['a']], /is \[4\], expected \[rows, dim\]/],
    ['of another type', [[{ name: 'vectors', shape: [1, 2], data: new Int8Array(2) }], ['a']], /is I8 \[1,2\], expected F32/],
    ['not finite', [[{ ...vectors, data: new Float32Array([1, Number.NaN, 0, 0]) }], ['a', 'b']], /not finite/],
    ['with other ids', [[vectors, names('a')], ['a']], /has 2 rows, "ids" 1 lines/],
  ])('%s: refused', async (_, [tensors, ids], message) => {
    await expect(read(tensors, ids)).rejects.toThrow(
      expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }),
    )
  })
})
