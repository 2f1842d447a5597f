import type { InteractionLog } from './interaction-log'

/** A sparse matrix of weights above 0, row by row. */
export type WeightedRows = {
  readonly columnCount: number
  /** [rows + 1]: row r is from starts[r] to below starts[r + 1]. */
  readonly starts: Int32Array
  /** Rising within a row. */
  readonly columns: Int32Array
  readonly weights: Float32Array
}

/**
 * What each visitor took, each item once, weighing as much as it did at most. Items that fewer visitors than `support` took are left out,
 * so that nothing learned from the rows rests on them; visitors of nothing else have empty rows.
 * @returns a row a visitor, a column an item.
 */
export function visitorRows({ itemCount, starts, items, weights, visitors }: InteractionLog, support: number): WeightedRows {
  const sequences = starts.length - 1
  const visitorOf = (sequence: number) => visitors?.[sequence] ?? sequence
  let visitorCount = 0
  for (let sequence = 0; sequence < sequences; sequence++) visitorCount = Math.max(visitorCount, visitorOf(sequence) + 1)
  const byVisitor = Array.from({ length: visitorCount }, () => new Map<number, number>())
  const takers = new Int32Array(itemCount)
  for (let sequence = 0; sequence < sequences; sequence++) {
    const taken = byVisitor[visitorOf(sequence)]!
    for (let at = starts[sequence]!; at < starts[sequence + 1]!; at++) {
      const item = items[at]!
      if (!taken.has(item)) takers[item]!++
      taken.set(item, Math.max(taken.get(item) ?? 0, weights?.[at] ?? 1))
    }
  }
  const rowStarts = new Int32Array(visitorCount + 1)
  const columns: number[] = []
  const rowWeights: number[] = []
  for (const [visitor, taken] of byVisitor.entries()) {
    for (const item of [...taken.keys()].filter((each) => takers[each]! >= support).sort((a, b) => a - b)) {
      columns.push(item)
      rowWeights.push(taken.get(item)!)
    }
    rowStarts[visitor + 1] = columns.length
  }
  return { columnCount: itemCount, starts: rowStarts, columns: Int32Array.from(columns), weights: Float32Array.from(rowWeights) }
}

/** The same matrix column by column: a row a column of `rows`. */
export function transpose({ columnCount, starts, columns, weights }: WeightedRows): WeightedRows {
  const rowCount = starts.length - 1
  const outStarts = new Int32Array(columnCount + 1)
  for (const column of columns) outStarts[column + 1]!++
  for (let column = 0; column < columnCount; column++) outStarts[column + 1]! += outStarts[column]!
  const next = outStarts.slice()
  const outColumns = new Int32Array(columns.length)
  const outWeights = new Float32Array(columns.length)
  for (let row = 0; row < rowCount; row++) {
    for (let at = starts[row]!; at < starts[row + 1]!; at++) {
      const place = next[columns[at]!]!++
      outColumns[place] = row
      outWeights[place] = weights[at]!
    }
  }
  return { columnCount: rowCount, starts: outStarts, columns: outColumns, weights: outWeights }
}
