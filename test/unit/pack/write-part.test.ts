import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { writePart } from '../../../pack/write-part'
import { writeSafetensors } from '../../../pack/write-safetensors'
import { MODEL_NAMES, type ModelPart, type PartArray } from '../../../worker/models/model-part'
import { readPart } from '../../../worker/models/read-part'

const PART: ModelPart = {
  model: 'ease',
  settings: { lambda: 50.5, recency: -0.25 },
  tensors: {
    neighbours: { shape: [2, 2], data: new Uint16Array([1, 65_535, 0, 7]) },
    levels: { shape: [3], data: new Int8Array([-128, 0, 127]) },
    scales: { shape: [1], data: new Float32Array([0.5]) },
    counts: { shape: [1], data: new Uint32Array([4_294_967_295]) },
    flags: { shape: [1, 0], data: new Uint8Array(0) },
  },
}

const arrays: readonly ((bytes: Uint8Array) => PartArray)[] = [
  (bytes) => new Int8Array(bytes),
  (bytes) => bytes,
  (bytes) => Uint16Array.from(bytes, (value) => value * 257),
  (bytes) => Uint32Array.from(bytes, (value) => value * 16_843_009),
  (bytes) => Float32Array.from(bytes, (value) => (value === 255 ? Number.NaN : value - 0.3)),
]
const tensor = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(arrays.length - 1), fc.boolean()).map(([bytes, kind, isFlat]) => {
  const data = arrays[kind]!(bytes)
  return { shape: isFlat ? [data.length] : [1, data.length, 1], data }
})
const part = fc.record({
  model: fc.constantFrom(...MODEL_NAMES),
  settings: fc.dictionary(
    fc.string(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
  ),
  tensors: fc.dictionary(
    fc.string().filter((name) => !name.startsWith('__')),
    tensor,
  ),
})

/** Reads the layout from its description alone, byte by byte: nothing of our own reader. */
function independently(file: Uint8Array) {
  let headerBytes = 0
  for (let at = 7; at >= 0; at--) headerBytes = headerBytes * 256 + file[at]!
  const text = Buffer.from(file.subarray(8, 8 + headerBytes)).toString('utf8')
  const header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }> = JSON.parse(text)
  const data = Buffer.from(file.subarray(8 + headerBytes))
  const readers: Record<string, [number, (at: number) => number]> = {
    I8: [1, (at) => data.readInt8(at)],
    U8: [1, (at) => data.readUInt8(at)],
    U16: [2, (at) => data.readUInt16LE(at)],
    U32: [4, (at) => data.readUInt32LE(at)],
    F32: [4, (at) => data.readFloatLE(at)],
  }
  const { __metadata__: metadata, ...tensors } = header
  const values = Object.entries(tensors).map(
    ([
      name,
      {
        dtype,
        shape,
        data_offsets: [start, end],
      },
    ]) => {
      const [width, read] = readers[dtype]!
      return [name, shape, Array.from({ length: (end - start) / width }, (_, index) => read(start + index * width))] as const
    },
  )
  const last = Math.max(0, ...Object.values(tensors).map(({ data_offsets: [, end] }) => end))
  return { headerBytes, metadata, values, isFull: last === data.length }
}

describe('a part', () => {
  it('is read as it was written, as views into the file', () => {
    const file = writePart(PART)
    const read = readPart(file)
    expect(read).toEqual(PART)
    for (const { data } of Object.values(read.tensors)) expect(data.buffer).toBe(file.buffer)
  })

  it('of any tensors and settings is read as it was written', () => {
    fc.assert(
      fc.property(part, (one) => {
        expect(readPart(writePart(one))).toEqual(one)
      }),
      { seed: 5, numRuns: 300 },
    )
  })

  it('is in the safetensors layout', () => {
    const { headerBytes, metadata, values, isFull } = independently(writePart(PART))
    expect(headerBytes % 8).toBe(0)
    expect(metadata).toEqual({ format: '1.0', model: 'ease', settings: '{"lambda":50.5,"recency":-0.25}' })
    expect(isFull).toBe(true)
    expect(new Map(values.map(([name, shape, data]) => [name, { shape, data }]))).toEqual(
      new Map(Object.entries(PART.tensors).map(([name, { shape, data }]) => [name, { shape, data: [...data] }])),
    )
  })

  it('of any tensors is in that layout', () => {
    fc.assert(
      fc.property(part, (one) => {
        const { values, isFull } = independently(writePart(one))
        expect(isFull).toBe(true)
        expect(values).toHaveLength(Object.keys(one.tensors).length)
        for (const [name, shape, data] of values) {
          expect(shape).toEqual(one.tensors[name]!.shape)
          expect(data).toEqual([...one.tensors[name]!.data])
        }
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('has the same bytes whatever the order of its tensors', () => {
    const turned = { ...PART, tensors: Object.fromEntries(Object.entries(PART.tensors).reverse()) }
    expect(writePart(turned)).toEqual(writePart(PART))
  })

  it.each<[string, ModelPart, RegExp]>([
    ['a setting that is not finite', { ...PART, settings: { lambda: Number.NaN } }, /ease: setting "lambda" is NaN/],
    ['a shape that does not fit', { ...PART, tensors: { x: { shape: [2], data: new Int8Array(3) } } }, /"x" has 3 values/],
    ['a name that headers use', { ...PART, tensors: { __metadata__: { shape: [0], data: new Int8Array(0) } } }, /named "__metadata__"/],
  ])('with %s: not written', (_, wrong, message) => {
    expect(() => writePart(wrong)).toThrow(message)
  })
})

describe('a file of another make', () => {
  const file = (metadata: Record<string, string>) => writeSafetensors([{ name: 'x', shape: [1], data: new Int8Array(1) }], metadata)

  it('of a later minor version is read', () => {
    expect(readPart(file({ format: '1.9', model: 'gru' }))).toMatchObject({ model: 'gru', settings: {} })
  })

  it('with tensors of unknown types is read without them', () => {
    const bytes = writePart(PART)
    const at = Buffer.from(bytes).indexOf('"F32"')
    bytes.set(new TextEncoder().encode('"I32"'), at)
    expect(Object.keys(readPart(bytes).tensors).sort()).toEqual(['counts', 'flags', 'levels', 'neighbours'])
  })

  it.each<[string, Record<string, string>, RegExp]>([
    ['another major version', { format: '2.0', model: 'gru' }, /format is 2\.0, expected 1\.x/],
    ['no version', { model: 'gru' }, /format is undefined/],
    ['an unknown model', { format: '1.0', model: 'oracle' }, /model is oracle/],
    ['settings that are no JSON', { format: '1.0', model: 'gru', settings: '{' }, /settings is not JSON/],
    ['settings that are no numbers', { format: '1.0', model: 'gru', settings: '{"a":"1"}' }, /settings is not an object of numbers/],
  ])('of %s: refused, named', (_, metadata, message) => {
    expect(() => readPart(file(metadata))).toThrow(
      expect.objectContaining({ code: 'pack-invalid', message: expect.stringMatching(message) }),
    )
  })

  it('cut short anywhere: refused', () => {
    const bytes = writePart(PART)
    for (let length = 0; length < bytes.length; length += 7) {
      expect(() => readPart(bytes.slice(0, length))).toThrow(expect.objectContaining({ code: 'pack-invalid' }))
    }
  })
})
