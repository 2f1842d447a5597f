import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'
import { SottoError } from '../../../src/shared/errors'

/**
 * Reads a text file line by line, in UTF-8, without line ends; empty lines are left out.
 * @param path packed by gzip where it ends in `.gz`.
 * @throws SottoError `invalid-argument` naming the file, where it cannot be read or unpacked.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  const file = createReadStream(path)
  const text = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  let failure: Error | undefined
  // A stream that fails ends the lines without a word.
  for (const stream of new Set([file, text])) {
    stream.on('error', (error: Error) => {
      failure ??= error
      lines.close()
    })
  }
  const lines = createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) if (line.trim() !== '') yield line
  if (failure) throw new SottoError('invalid-argument', `${path} cannot be read: ${failure.message}`, {}, { cause: failure })
}
