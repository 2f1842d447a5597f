import { isRecord } from './is-record'
import { invalid } from './pack-invalid'

/** By the format's names. Tensors of other types may be in a file; they cannot be read, only passed over. */
const ARRAYS = { I8: Int8Array, U8: Uint8Array, U16: Uint16Array, U32: Uint32Array, F32: Float32Array }
export type Dtype = keyof typeof ARRAYS
type TensorArray = InstanceType<(typeof ARRAYS)[Dtype]>

type Bytes = Uint8Array<ArrayBuffer>
type Tensor = { readonly dtype: unknown; readonly shape: readonly number[]; readonly start: number; readonly end: number }

/** The tensors of one file, as views into its bytes: nothing is copied. Every method throws `pack-invalid`, naming the tensor. */
export interface Tensors {
  /** Free text that travels in the header. */
  readonly metadata: Readonly<Record<string, unknown>>
  has(name: string): boolean
  shape(name: string): readonly number[]
  i8(name: string, shape: readonly number[]): Int8Array<ArrayBuffer>
  u8(name: string, shape: readonly number[]): Bytes
  u16(name: string, shape: readonly number[]): Uint16Array<ArrayBuffer>
  u32(name: string, shape: readonly number[]): Uint32Array<ArrayBuffer>
  f32(name: string, shape: readonly number[]): Float32Array<ArrayBuffer>
  /** Every tensor of a type that can be read, as it lies in the file. */
  all(): readonly { readonly name: string; readonly shape: readonly number[]; readonly data: TensorArray }[]
}

/**
 * Reads the safetensors layout: 8 bytes little-endian header length, a JSON header, then the tensors without gaps.
 * @throws SottoError `pack-invalid` for any breach of the layout; `details.tensor` names the tensor, where it is one's.
 * Source: https://huggingface.co/docs/safetensors (format).
 */
export function parseSafetensors(file: Bytes): Tensors {
  const data = new DataView(file.buffer, file.byteOffset, file.byteLength)
  if (file.length < 8) throw invalid(`the file has ${file.length} bytes, too few for a header; it may be cut short`)
  const headerLength = Number(data.getBigUint64(0, true))
  if (headerLength > file.length - 8)
    throw invalid(`the header says it has ${headerLength} bytes, the file has ${file.length}; it may be cut short`)
  const dataStart = 8 + headerLength
  const { __metadata__: metadata = {}, ...entries } = parseHeader(file.subarray(8, dataStart))
  if (!isRecord(metadata)) throw invalid('__metadata__ is not an object')
  const tensors = new Map(Object.entries(entries).map(([name, entry]) => [name, parseTensor(name, entry)]))
  checkNoGaps(tensors, file.length - dataStart)

  function find(name: string): Tensor {
    const tensor = tensors.get(name)
    if (!tensor) throw invalid('is missing', name)
    return tensor
  }

  /** Byte offset of the tensor in the file's buffer, once it is known to be what the caller expects. */
  function locate(name: string, dtype: Dtype, shape: readonly number[]): number {
    const tensor = find(name)
    const expected = `${dtype} [${shape}]`
    if (`${tensor.dtype} [${tensor.shape}]` !== expected) throw invalid(`is ${tensor.dtype} [${tensor.shape}], expected ${expected}`, name)
    const offset = file.byteOffset + dataStart + tensor.start
    const { BYTES_PER_ELEMENT } = ARRAYS[dtype]
    if (offset % BYTES_PER_ELEMENT) throw invalid(`is not aligned to ${BYTES_PER_ELEMENT} bytes; put wide types first`, name)
    return offset
  }
  const count = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1)

  return {
    metadata,
    has: (name) => tensors.has(name),
    shape: (name) => find(name).shape,
    i8: (name, shape) => new Int8Array(file.buffer, locate(name, 'I8', shape), count(shape)),
    u8: (name, shape) => new Uint8Array(file.buffer, locate(name, 'U8', shape), count(shape)),
    u16: (name, shape) => new Uint16Array(file.buffer, locate(name, 'U16', shape), count(shape)),
    u32: (name, shape) => new Uint32Array(file.buffer, locate(name, 'U32', shape), count(shape)),
    f32: (name, shape) => new Float32Array(file.buffer, locate(name, 'F32', shape), count(shape)),
    all: () =>
      [...tensors].flatMap(([name, { dtype, shape }]) =>
        isDtype(dtype) ? [{ name, shape, data: new ARRAYS[dtype](file.buffer, locate(name, dtype, shape), count(shape)) }] : [],
      ),
  }
}

function parseHeader(bytes: Bytes): Record<string, unknown> {
  let header: unknown
  try {
    header = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw invalid('the header is not JSON')
  }
  if (!isRecord(header)) throw invalid('the header is not a JSON object')
  return header
}

function parseTensor(name: string, entry: unknown): Tensor {
  const { dtype, shape, data_offsets: offsets } = isRecord(entry) ? entry : {}
  const isSize = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0
  if (!Array.isArray(shape) || !shape.every(isSize)) throw invalid('has no shape', name)
  const [start, end] = Array.isArray(offsets) && offsets.length === 2 ? offsets : []
  if (!isSize(start) || !isSize(end)) throw invalid('has no data_offsets', name)
  const bytes = isDtype(dtype) ? shape.reduce((product, size) => product * size, ARRAYS[dtype].BYTES_PER_ELEMENT) : undefined
  if (bytes !== undefined && end - start !== bytes) throw invalid(`has ${end - start} bytes, its shape [${shape}] needs ${bytes}`, name)
  return { dtype, shape, start, end }
}

function isDtype(dtype: unknown): dtype is Dtype {
  return typeof dtype === 'string' && Object.hasOwn(ARRAYS, dtype)
}

/** Tensors follow one another and fill the file: so none overlaps, none lies outside and nothing was cut off. */
function checkNoGaps(tensors: ReadonlyMap<string, Tensor>, dataBytes: number): void {
  let expected = 0
  for (const [name, { start, end }] of [...tensors].sort(([, a], [, b]) => a.start - b.start || a.end - b.end)) {
    if (start !== expected || end < start || end > dataBytes) {
      throw invalid(`lies at ${start} to ${end}, expected to begin at ${expected} and to end by ${dataBytes}`, name)
    }
    expected = end
  }
  if (expected !== dataBytes) throw invalid(`${dataBytes - expected} bytes after the last tensor`)
}
