type Data = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array

/** A tensor to be written; its type follows from the kind of array. */
export type TensorData = { readonly name: string; readonly shape: readonly number[]; readonly data: Data }

/** Where a header ends, data of any type may begin. */
const HEADER_ALIGNMENT = 8

/**
 * Writes the safetensors layout, readable by every tool that knows it. Wide types come first, so that every tensor is aligned.
 * @param metadata the format allows texts only.
 * @throws RangeError where a shape does not fit its data, or for a name that a header cannot hold.
 * Source: https://huggingface.co/docs/safetensors (format).
 */
export function writeSafetensors(tensors: readonly TensorData[], metadata: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const ordered = [...tensors].sort((a, b) => b.data.BYTES_PER_ELEMENT - a.data.BYTES_PER_ELEMENT || (a.name < b.name ? -1 : 1))
  const header: Record<string, unknown> = { __metadata__: metadata }
  let end = 0
  for (const { name, shape, data } of ordered) {
    if (/^__(metadata|proto)__$/.test(name)) throw new RangeError(`a tensor cannot be named "${name}"`)
    const count = shape.reduce((product, size) => product * size, 1)
    if (count !== data.length) throw new RangeError(`tensor "${name}" has ${data.length} values, its shape [${shape}] needs ${count}`)
    header[name] = { dtype: dtypeOf(data), shape, data_offsets: [end, end + data.byteLength] }
    end += data.byteLength
  }
  const json = new TextEncoder().encode(JSON.stringify(header))
  const headerBytes = Math.ceil(json.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT
  const file = new Uint8Array(8 + headerBytes + end).fill(0x20, 8, 8 + headerBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.set(json, 8)
  let at = 8 + headerBytes
  for (const { data } of ordered) {
    file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), at)
    at += data.byteLength
  }
  return file
}

function dtypeOf(data: Data): string {
  if (data instanceof Float32Array) return 'F32'
  if (data instanceof Int8Array) return 'I8'
  return `U${data.BYTES_PER_ELEMENT * 8}`
}
