import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { SottoError } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import { createTextStream, type OddEncoding } from './text-stream'

/** As files begin that are compressed with gzip. */
const GZIP_MAGIC = [0x1f, 0x8b]

/**
 * The text of a file, piece by piece, gzip undone: told by the content, as is the encoding, see `createTextStream`. A byte order mark is not
 * part of the text.
 * @param onBytes told how many bytes of the file each piece took.
 * @param onOdd told once, where the text is no sound UTF-8.
 * @throws SottoError `invalid-argument` for a file that cannot be opened, or whose compressed content is damaged or cut short.
 */
export async function* textChunks(
  path: string,
  onBytes: (count: number) => void = () => {},
  onOdd: (encoding: OddEncoding) => void = () => {},
): AsyncGenerator<string> {
  const file = await open(path).catch((cause) => {
    throw new SottoError('invalid-argument', `${path} cannot be opened: ${systemReason(cause)}; check the path`, {}, { cause })
  })
  try {
    const { buffer: start, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0)
    const stream = file.createReadStream({ start: 0, autoClose: false })
    stream.on('data', (chunk) => onBytes(chunk.length))
    const isGzip = bytesRead === 2 && GZIP_MAGIC.every((byte, at) => start[at] === byte)
    // An error of either stream destroys the other, and so reaches the loop below.
    const bytes = isGzip ? pipeline(stream, createGunzip(), () => {}) : stream
    const text = createTextStream(onOdd)
    for await (const chunk of bytes) yield text.add(chunk)
    yield text.end()
  } catch (cause) {
    // A folder can be opened, and not read; what is compressed may end too soon.
    if (cause instanceof Error && 'syscall' in cause)
      throw new SottoError('invalid-argument', `${path} cannot be read: ${systemReason(cause)}; check the path`, {}, { cause })
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new SottoError('invalid-argument', `${path} cannot be read to its end (${problem}); it may be cut short`, {}, { cause })
  } finally {
    await file.close()
  }
}
