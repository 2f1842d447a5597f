/**
 * What waits in the outbox, since by the time it leaves the plan may be another: the length of an address (2 bytes, big-endian), the address of the leader's
 * task, the report for it as DAP-09 lays it out. Only the report is sent.
 */
export function uploadOf(url: string, report: Uint8Array): Uint8Array<ArrayBuffer> {
  const address = new TextEncoder().encode(url)
  const bytes = new Uint8Array(2 + address.length + report.length)
  new DataView(bytes.buffer).setUint16(0, address.length)
  bytes.set(address, 2)
  bytes.set(report, 2 + address.length)
  return bytes
}

/** Takes apart what `prepare` made: for sending it, and for showing the visitor what left and where to. `report` is a view. */
export function readUpload(bytes: Uint8Array<ArrayBuffer>): { readonly url: string; readonly report: Uint8Array<ArrayBuffer> } {
  const end = 2 + new DataView(bytes.buffer, bytes.byteOffset).getUint16(0)
  return { url: new TextDecoder().decode(bytes.subarray(2, end)), report: bytes.subarray(end) }
}
