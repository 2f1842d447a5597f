/**
 * The bytes a gzip file stands for; bytes that do not begin like one come back as they are, because a server may have sent the file
 * with `Content-Encoding: gzip`, which the browser undoes by itself.
 * @throws TypeError where the compressed data is damaged or cut short.
 */
export async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))
  return new Uint8Array(await new Response(stream).arrayBuffer())
}
