import { lineBatches } from '../../read/line-batches'
import { textChunks } from '../../read/text-chunks'

/**
 * Reads a text file, compressed with gzip or not, line by line, without line ends; empty lines are left out.
 * @throws SottoError `invalid-argument` naming the file, where it cannot be read or is cut short.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  for await (const lines of lineBatches(textChunks(path))) for (const line of lines) if (line.trim() !== '') yield line
}
