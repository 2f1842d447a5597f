import { SottoError } from '../errors'
import { ascii } from './ascii'
import { ByteReader, variableBytes } from './byte-reader'

/** A request without header fields, which is all that a report needs: fields are what tells senders apart. */
export type BinaryRequest = {
  /** ASCII, all four. */
  readonly method: string
  readonly scheme: string
  /** Host and port. */
  readonly authority: string
  readonly path: string
  readonly content: Uint8Array
}

export type BinaryResponse = {
  /** 200 to 599. */
  readonly status: number
  readonly content: Uint8Array<ArrayBuffer>
}

/** Framing indicators of known-length messages (RFC 9292, section 3.3). */
const REQUEST = 0
const RESPONSE = 1

/** A known-length request (RFC 9292, section 3.1), without fields, trailers and padding. */
export function encodeRequest({ method, scheme, authority, path, content }: BinaryRequest): Uint8Array<ArrayBuffer> {
  const control = [method, scheme, authority, path].flatMap((part) => vector(ascii(part)))
  return Uint8Array.from([REQUEST, ...control, 0, ...vector(content)])
}

/**
 * Reads a known-length request. Its fields are passed over: whoever acts on it shall not know them.
 * @throws SottoError `report-invalid`, `details.reason` `framing` or `truncated`.
 */
export function decodeRequest(bytes: Uint8Array): BinaryRequest {
  const reader = new ByteReader(bytes)
  checkFraming(reader, REQUEST)
  const text = () => String.fromCharCode(...reader.take(reader.variable()))
  const [method, scheme, authority, path] = [text(), text(), text(), text()]
  optionalVector(reader)
  return { method, scheme, authority, path, content: optionalVector(reader) }
}

/** A known-length response without fields. Its size says nothing of its status. */
export function encodeResponse({ status, content }: { readonly status: number; readonly content: Uint8Array }): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([RESPONSE, ...variableBytes(status), 0, ...vector(content)])
}

/** Reads a known-length response; those that announce it (status 1xx) are passed over, fields too. @throws as `decodeRequest`. */
export function decodeResponse(bytes: Uint8Array): BinaryResponse {
  const reader = new ByteReader(bytes)
  checkFraming(reader, RESPONSE)
  let status = reader.variable()
  while (status < 200) {
    optionalVector(reader)
    status = reader.variable()
  }
  optionalVector(reader)
  return { status, content: optionalVector(reader) }
}

/** @param bytes up to 16,383. */
function vector(bytes: Uint8Array): number[] {
  return [...variableBytes(bytes.length), ...bytes]
}

/** Empty ones at the end may be left out (RFC 9292, section 3.8). */
function optionalVector(reader: ByteReader): Uint8Array<ArrayBuffer> {
  return reader.left > 0 ? reader.take(reader.variable()) : new Uint8Array()
}

function checkFraming(reader: ByteReader, wanted: number): void {
  const framing = reader.variable()
  if (framing !== wanted) {
    throw new SottoError('report-invalid', `a binary HTTP message of framing ${wanted} is wanted; got ${framing}`, { reason: 'framing' })
  }
}
