import { describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../../pack/write-safetensors'
import { parseSafetensors, type Tensors } from '../../../worker/text/safetensors'

const file = (header: unknown, data: number, length?: number) => {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const bytes = new Uint8Array(8 + json.length + data)
  new DataView(bytes.buffer).setBigUint64(0, BigInt(length ?? json.length), true)
  bytes.set(json, 8)
  return bytes
}
const a = { dtype: 'I8', shape: [4], data_offsets: [0, 4] }

describe('parseSafetensors', () => {
  it('reads back what was written, of every type, as views', () => {
    const bytes = writeSafetensors(
      [
        { name: 'small', shape: [3], data: new Int8Array([-128, 0, 127]) },
        { name: 'wide', shape: [1, 2], data: new Float32Array([0.5, -2]) },
        { name: 'middle', shape: [1], data: new Uint16Array([65_535]) },
        { name: 'count', shape: [1], data: new Uint32Array([4_294_967_295]) },
        { name: 'bytes', shape: [0], data: new Uint8Array(0) },
      ],
      { format: '1.0' },
    )
    const tensors = parseSafetensors(bytes)
    expect(tensors.metadata).toEqual({ format: '1.0' })
    expect([...tensors.i8('small', [3])]).toEqual([-128, 0, 127])
    expect([...tensors.f32('wide', [1, 2])]).toEqual([0.5, -2])
    expect([...tensors.u16('middle', [1])]).toEqual([65_535])
    expect([...tensors.u32('count', [1])]).toEqual([4_294_967_295])
    expect(tensors.u8('bytes', [0])).toHaveLength(0)
    expect(tensors.i8('small', [3]).buffer).toBe(bytes.buffer)
    expect(tensors.has('other')).toBe(false)
  })

  it('passes over tensors of types it does not know', () => {
    const tensors = parseSafetensors(file({ x: { dtype: 'BF16', shape: [2], data_offsets: [0, 4] }, a: { ...a, data_offsets: [4, 8] } }, 8))
    expect(tensors.i8('a', [4])).toHaveLength(4)
  })

  it.each<[string, Uint8Array<ArrayBuffer>, RegExp]>([
    ['empty', new Uint8Array(0), /0 bytes, too few/],
    ['header longer than the file', file({ a }, 4, 4_000), /header says it has 4000 bytes/],
    ['header length beyond 2^53', new Uint8Array(16).fill(255), /header says/],
    ['header length too short', file({ a }, 4, 9), /header is not JSON/],
    ['header not JSON', file('{"a":', 4), /header is not JSON/],
    ['header a list', file('[]', 0), /not a JSON object/],
    ['metadata a list', file({ __metadata__: [] }, 0), /__metadata__/],
    ['tensor not an object', file({ a: 5 }, 4), /"a" has no shape/],
    ['shape negative', file({ a: { ...a, shape: [-4] } }, 4), /"a" has no shape/],
    ['no offsets', file({ a: { dtype: 'I8', shape: [4] } }, 4), /"a" has no data_offsets/],
    ['offsets of other size than shape', file({ a: { ...a, shape: [5] } }, 4), /"a" has 4 bytes, its shape \[5\] needs 5/],
    ['offsets past the end', file({ a: { ...a, shape: [8], data_offsets: [0, 8] } }, 4), /"a" lies at 0 to 8/],
    ['offsets reversed', file({ a: { dtype: 'F16', shape: [1], data_offsets: [4, 0] } }, 4), /"a" lies at 4 to 0/],
    ['overlap', file({ a, b: { ...a, data_offsets: [2, 6] } }, 6), /"b" lies at 2 to 6, expected to begin at 4/],
    ['gap', file({ a, b: { ...a, data_offsets: [5, 9] } }, 9), /"b" lies at 5/],
    ['bytes left over', file({ a }, 6), /2 bytes after the last tensor/],
  ])('%s: refused as pack-invalid', (_, bytes, message) => {
    expect(() => parseSafetensors(bytes)).toThrow(
      expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }),
    )
  })

  it.each<[string, (tensors: Tensors) => unknown, RegExp]>([
    ['missing', (tensors) => tensors.u8('b', [1]), /"b" is missing/],
    ['another type', (tensors) => tensors.u8('a', [4]), /"a" is I8 \[4\], expected U8 \[4\]/],
    ['another shape', (tensors) => tensors.i8('a', [2, 2]), /"a" is I8 \[4\], expected I8 \[2,2\]/],
    ['misaligned', (tensors) => tensors.f32('f', [1]), /"f" is not aligned to 4 bytes/],
  ])('%s tensor: refused when asked for, by name', (_, ask, message) => {
    // The header's length is a multiple of 4 neither with nor without the 4 bytes of `a`, so `f` cannot be aligned.
    const header = JSON.stringify({ a, f: { dtype: 'F32', shape: [1], data_offsets: [4, 8] } })
    const tensors = parseSafetensors(file(header.padEnd(Math.ceil(header.length / 4) * 4 + 1), 8))
    expect(() => ask(tensors)).toThrow(expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }))
  })

  it('names the tensor in details too', () => {
    expect(() => parseSafetensors(file({ a: 5 }, 0))).toThrow(expect.objectContaining({ details: { tensor: 'a' } }))
  })
})
