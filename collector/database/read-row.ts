import { SottoError } from '../../src/shared/errors'
import type { Rows } from './database'

type Row = Rows[number]

/** A whole number of a row. @throws SottoError `internal` where the column holds none: then the statement is wrong. */
export function wholeOf(row: Row | undefined, column: string): number {
  const value = row?.[column]
  return typeof value === 'number' && Number.isInteger(value) ? value : wrong(column, 'a whole number')
}

/** A text of a row. @throws SottoError `internal` as `wholeOf`. */
export function textOf(row: Row | undefined, column: string): string {
  const value = row?.[column]
  return typeof value === 'string' ? value : wrong(column, 'a text')
}

/** Whole numbers of a row. @throws SottoError `internal` as `wholeOf`. */
export function wholesOf(row: Row | undefined, column: string): readonly number[] {
  const value = row?.[column]
  return Array.isArray(value) && value.every((one): one is number => Number.isInteger(one)) ? value : wrong(column, 'whole numbers')
}

/** Bytes of a row. @throws SottoError `internal` as `wholeOf`. */
export function bytesOf(row: Row | undefined, column: string): Uint8Array {
  const value = row?.[column]
  return value instanceof Uint8Array ? value : wrong(column, 'bytes')
}

function wrong(column: string, expected: string): never {
  throw new SottoError('internal', `column ${column} should hold ${expected}`)
}
