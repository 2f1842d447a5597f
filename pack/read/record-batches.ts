import { SottoError } from '../../src/shared/errors'
import { isRecord } from '../../worker/text/is-record'
import { lineBatches } from './line-batches'
import { createTableReader } from './table-rows'
import { textChunks } from './text-chunks'
import type { OddEncoding } from './text-stream'

/** A row of a file by the names of its columns or fields; `undefined` for a broken one. */
export type FileRecord = Readonly<Record<string, unknown>> | undefined

/**
 * The rows of a table (CSV, TSV) or of JSON Lines, many at a time, in constant memory: which of the two it is, the first sign tells.
 * @param onOdd as `textChunks` takes it.
 * @throws SottoError `invalid-argument` for a file that is neither, or that cannot be read.
 */
export async function* recordBatches(
  path: string,
  onBytes?: (count: number) => void,
  onOdd?: (encoding: OddEncoding) => void,
): AsyncGenerator<readonly FileRecord[]> {
  const table = createTableReader()
  let isJson: boolean | undefined
  for await (const lines of lineBatches(textChunks(path, onBytes, onOdd))) {
    const first = lines.find((line) => line.trim() !== '')?.trim()
    if (first === undefined) continue
    isJson ??= first.startsWith('{')
    if (/^[[<]/.test(first) && table.columns.length === 0 && !isJson) {
      throw new SottoError('invalid-argument', `${path} begins with "${first[0]}", expected a table with a header or JSON Lines`)
    }
    yield isJson ? jsonRecords(lines) : table.add(lines)
  }
  yield table.end()
}

/** Each line as an object; empty lines are passed over. */
export function jsonRecords(lines: readonly string[]): FileRecord[] {
  return lines.filter((line) => line.trim() !== '').map(jsonRecord)
}

function jsonRecord(line: string): FileRecord {
  try {
    const value: unknown = JSON.parse(line)
    return isRecord(value) ? value : undefined
  } catch {
    return undefined
  }
}
