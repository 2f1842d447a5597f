import type { Dataset } from './dataset'
import { Drops } from './drops'
import { LogBuilder } from './log-builder'
import { readItemTexts } from './read-item-texts'
import { readLines } from './read-lines'
import { RowNumbers } from './row-numbers'

const SPACES = /\s+/

/**
 * Reads visitors' sequences: a line each, `user item item …` in order of time. Every line counts as another user.
 * @param itemsPath items with words, a JSON object a line; their order is that of the rows.
 * @throws SottoError `invalid-argument` for a file that cannot be read.
 */
export async function readSequences(path: string, itemsPath?: string): Promise<Dataset> {
  const rows = new RowNumbers()
  const drops = new Drops()
  const textsOf = itemsPath === undefined ? undefined : await readItemTexts(itemsPath, rows, drops)
  const log = new LogBuilder()
  for await (const line of readLines(path)) {
    const [, ...ids] = line.trim().split(SPACES)
    if (ids.length === 0) drops.add('user without items')
    else log.add(ids.map((id) => rows.of(id)))
  }
  return { log: log.build(rows.ids.length), itemIds: rows.ids, ...(textsOf && { texts: textsOf() }), dropped: drops.counts, test: [] }
}
