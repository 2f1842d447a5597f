type Bytes = Uint8Array<ArrayBuffer>

/** Where a header ends, data of any type may begin. */
const HEADER_ALIGNMENT = 8

/** The free texts in the header of a file that was read before and found sound. */
export function metadataOf(file: Bytes): Readonly<Record<string, string>> {
  return readHeader(file).header.__metadata__ ?? {}
}

/**
 * A pack's core that says other things in its header, and is the same otherwise, tensors that this version does not know included.
 * @param core was read before and found sound. It stays as it is.
 * @param metadata replaces what there is of the same names.
 */
export function withMetadata(core: Bytes, metadata: Readonly<Record<string, string>>): Bytes {
  const { header, data } = readHeader(core)
  const json = new TextEncoder().encode(JSON.stringify({ ...header, __metadata__: { ...header.__metadata__, ...metadata } }))
  const headerBytes = Math.ceil(json.length / HEADER_ALIGNMENT) * HEADER_ALIGNMENT
  const file = new Uint8Array(8 + headerBytes + data.length).fill(0x20, 8, 8 + headerBytes)
  new DataView(file.buffer).setBigUint64(0, BigInt(headerBytes), true)
  file.set(json, 8)
  file.set(data, 8 + headerBytes)
  return file
}

function readHeader(file: Bytes) {
  const end = 8 + Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true))
  const header: { readonly __metadata__?: Readonly<Record<string, string>> } = JSON.parse(new TextDecoder().decode(file.subarray(8, end)))
  return { header, data: file.subarray(end) }
}
