import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { TextDecoder } from 'node:util'
import { createGunzip } from 'node:zlib'
import { SottoError } from '../../src/shared/errors'

/** As files begin that are compressed with gzip. */
const GZIP_MAGIC = [0x1f, 0x8b]

/**
 * The text of a file, piece by piece, gzip undone: told by the content, as is the encoding (UTF-16 by its mark, otherwise UTF-8). A byte
 * order mark is not part of the text.
 * @param onBytes told how many bytes of the file each piece took.
 * @throws SottoError `invalid-argument` for a file that cannot be opened, or whose compressed content is damaged or cut short.
 */
export async function* textChunks(path: string, onBytes: (count: number) => void = () => {}): AsyncGenerator<string> {
  const file = await open(path).catch((cause) => {
    throw new SottoError('invalid-argument', `${path} cannot be opened (${cause.code}); check the path`, {}, { cause })
  })
  try {
    const { buffer: start, bytesRead } = await file.read(new Uint8Array(2), 0, 2, 0)
    const stream = file.createReadStream({ start: 0, autoClose: false })
    stream.on('data', (chunk) => onBytes(chunk.length))
    const isGzip = bytesRead === 2 && GZIP_MAGIC.every((byte, at) => start[at] === byte)
    // An error of either stream destroys the other, and so reaches the loop below.
    const bytes = isGzip ? pipeline(stream, createGunzip(), () => {}) : stream
    let decoder: TextDecoder | undefined
    for await (const chunk of bytes) {
      decoder ??= decoderFor(chunk)
      yield decoder.decode(chunk, { stream: true })
    }
    if (decoder) yield decoder.decode()
  } catch (cause) {
    const problem = cause instanceof Error ? cause.message : String(cause)
    throw new SottoError('invalid-argument', `${path} cannot be read to its end (${problem}); it may be cut short`, {}, { cause })
  } finally {
    await file.close()
  }
}

function decoderFor(start: Uint8Array): TextDecoder {
  const mark = `${start[0]?.toString(16)} ${start[1]?.toString(16)}`
  return new TextDecoder(mark === 'ff fe' ? 'utf-16le' : mark === 'fe ff' ? 'utf-16be' : 'utf-8')
}
