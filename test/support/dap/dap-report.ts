import { Buffer } from 'node:buffer'
import { DapReader } from './dap-reader'

export type HpkeCiphertext = { readonly configId: number; readonly enc: Uint8Array<ArrayBuffer>; readonly payload: Uint8Array<ArrayBuffer> }

/** An uploaded report (DAP-09, section 4.4.2), taken apart by a reader of its own, not by the library that wrote it. */
export type DapReport = {
  /** Hex of 16 bytes. */
  readonly id: string
  /** [16], which is the VDAF's nonce too. */
  readonly nonce: Uint8Array<ArrayBuffer>
  /** Seconds since 1970. */
  readonly time: number
  readonly metadata: Uint8Array<ArrayBuffer>
  readonly publicShare: Uint8Array<ArrayBuffer>
  readonly leader: HpkeCiphertext
  readonly helper: HpkeCiphertext
}

/** @throws where the bytes are not a report, and nothing but one. */
export function readReport(bytes: Uint8Array): DapReport {
  const metadata = new DapReader(bytes).take(24)
  const reader = new DapReader(bytes)
  const nonce = reader.take(16)
  const time = reader.number(8)
  const publicShare = reader.vector(4)
  const leader = readCiphertext(reader)
  const helper = readCiphertext(reader)
  reader.end()
  return { id: Buffer.from(nonce).toString('hex'), nonce, time, metadata, publicShare, leader, helper }
}

function readCiphertext(reader: DapReader): HpkeCiphertext {
  return { configId: reader.number(1), enc: reader.vector(2), payload: reader.vector(4) }
}
