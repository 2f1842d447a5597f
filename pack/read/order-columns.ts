import { SottoError } from '../../src/shared/errors'
import { type OrderColumns, orderColumns } from './order-row'

/** By then a file whose rows all lack a column will not have it later. */
const ENOUGH_ROWS = 1_000

/** Finds the columns of records, once for all that have the same fields: lines of JSON need not. */
export interface ColumnFinder {
  /** @throws SottoError `invalid-argument` where no record so far had a visitor and an item, and there were many. */
  of(record: Readonly<Record<string, unknown>>): OrderColumns
  /** To be called at the end of the file. @throws SottoError `invalid-argument` where no record had a visitor and an item. */
  end(): void
}

/** @param path of the file, for messages. */
export function createColumnFinder(path: string): ColumnFinder {
  const found = new Map<string, OrderColumns>()
  let misfits = 0
  let isFit = false
  function end(): void {
    const [first] = found
    if (first && !isFit) expectColumns(path, first[0].split('\n'), first[1])
  }
  return {
    of(record) {
      const names = Object.keys(record)
      const key = names.join('\n')
      const columns = found.get(key) ?? orderColumns(names)
      found.set(key, columns)
      isFit ||= (columns.user ?? columns.session) !== undefined && columns.item !== undefined
      if (!isFit && ++misfits === ENOUGH_ROWS) end()
      return columns
    },
    end,
  }
}

function expectColumns(path: string, names: readonly string[], { user, session, item }: OrderColumns): void {
  const missing = [...(user || session ? [] : ['user or session']), ...(item ? [] : ['item'])]
  if (missing.length === 0) return
  const wanted = 'user (or session), item, time, and may have event, quantity, price'
  throw new SottoError(
    'invalid-argument',
    `${path} has no column ${missing.join(' and no ')}: it has ${names.join(', ')}; expected ${wanted}`,
  )
}
