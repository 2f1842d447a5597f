import type { EvaluationCase } from '../evaluation-task'
import type { Dataset } from './dataset'
import { Drops } from './drops'
import { LogBuilder } from './log-builder'
import { readItemTexts } from './read-item-texts'
import { readLines } from './read-lines'
import { RowNumbers } from './row-numbers'

const SPACES = /\s+/

type SessionFiles = {
  /** One session a line: `item item …`. */
  readonly train: string
  /** `prefix<TAB>next item`. */
  readonly test: string
  /** Items with words, a JSON object a line; their order is that of the rows. */
  readonly items?: string
}

/**
 * Reads sessions to learn from and beginnings of other sessions with what came next. Items that only the test has are items too.
 * @throws SottoError `invalid-argument` for a file that cannot be read.
 */
export async function readSessions(files: SessionFiles): Promise<Dataset> {
  const rows = new RowNumbers()
  const drops = new Drops()
  const textsOf = files.items === undefined ? undefined : await readItemTexts(files.items, rows, drops)
  const rowsOf = (ids: string) => Int32Array.from(ids.split(SPACES), (id) => rows.of(id))
  const log = new LogBuilder()
  for await (const line of readLines(files.train)) log.add(rowsOf(line.trim()))
  const test: EvaluationCase[] = []
  for await (const line of readLines(files.test)) {
    const [prefix = '', label = ''] = line.split('\t').map((part) => part.trim())
    if (prefix === '' || label === '' || SPACES.test(label)) drops.add('test line is not prefix, tab, next item')
    else test.push({ visit: { items: rowsOf(prefix) }, targets: rowsOf(label) })
  }
  return { log: log.build(rows.ids.length), itemIds: rows.ids, ...(textsOf && { texts: textsOf() }), dropped: drops.counts, test }
}
