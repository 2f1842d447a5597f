import { SottoError } from '../errors'

/** Version of the layout below. */
export const REPORT_VERSION = 1
/** Every report of every metric has this many bytes. */
export const REPORT_BYTES = 40
export const NONCE_BYTES = 16
/** Of the plan's SHA-256: enough to tell a site's plans apart. */
export const PLAN_TAG_BYTES = 8
export const BITSET_BYTES = 8

/**
 * One report as it is sent, in bytes, whole numbers little-endian:
 *
 *     0  version   1  metric, its place in the plan   2  group   3  zero
 *     4  epoch (4)   8  first bytes of the plan's hash (8)   16  nonce (16)   32  buckets, bit 0 of byte 0 first (8)
 *
 * It has no other field: who sent it cannot be said.
 */
export type Report = {
  readonly metric: number
  readonly group: number
  readonly epoch: number
  /** [PLAN_TAG_BYTES] */
  readonly planTag: Uint8Array
  /** [NONCE_BYTES], random, of this report alone: sent again, it is not counted again. */
  readonly nonce: Uint8Array
  /** [BITSET_BYTES] the randomized set of buckets. */
  readonly bits: Uint8Array
}

/** @returns [REPORT_BYTES] */
export function encodeReport({ metric, group, epoch, planTag, nonce, bits }: Report): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(REPORT_BYTES)
  bytes.set([REPORT_VERSION, metric, group])
  new DataView(bytes.buffer).setUint32(4, epoch, true)
  bytes.set(planTag, 8)
  bytes.set(nonce, 16)
  bytes.set(bits, 32)
  return bytes
}

/**
 * Reads the layout; what the fields mean is for whoever knows the plan. The arrays are copies.
 * @throws SottoError `report-invalid`, with `details.reason` `size`, `version` or `reserved`.
 */
export function decodeReport(bytes: Uint8Array): Report {
  if (bytes.length !== REPORT_BYTES) refuse('size', `a report has ${REPORT_BYTES} bytes; got ${bytes.length}`)
  if (bytes[0] !== REPORT_VERSION) refuse('version', `reports of version ${REPORT_VERSION} are read; got ${bytes[0]}`)
  if (bytes[3] !== 0) refuse('reserved', `byte 3 of a report is 0; got ${bytes[3]}`)
  const epoch = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true)
  return { metric: bytes[1]!, group: bytes[2]!, epoch, planTag: bytes.slice(8, 16), nonce: bytes.slice(16, 32), bits: bytes.slice(32) }
}

function refuse(reason: string, message: string): never {
  throw new SottoError('report-invalid', message, { reason })
}
