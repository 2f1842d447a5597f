import { expect, test } from 'vitest'
import { budgetLines } from '../../../demo/panel/budget-lines'

const statement = (epoch: number, epochSpent: number, records: readonly { epoch: number; spent: number }[]) => ({
  epoch,
  epochSpent,
  epochLimit: 2_000_000,
  yearSpent: records.reduce((sum, { spent }) => sum + spent, 0),
  yearLimit: 8_000_000,
  records,
})

test('the weeks of the meter stay the same when the first answer is given, though the statement is then about another week', () => {
  const before = budgetLines(statement(2966, 0, []), 2967)
  const after = budgetLines(statement(2967, 1_000_000, [{ epoch: 2967, spent: 1_000_000 }]), 2967)
  expect(before.map(({ name }) => name)).toEqual([
    'Week of 16 November, the present one',
    'Week of 9 November, the one before',
    'All weeks of a year',
  ])
  expect(after.map(({ name }) => name)).toEqual(before.map(({ name }) => name))
  expect(before.map(({ spent }) => spent)).toEqual([0, 0, 0])
  expect(after.map(({ spent }) => spent)).toEqual([1_000_000, 0, 1_000_000])
})

test('what was answered about earlier weeks counts in the year only', () => {
  const records = [
    { epoch: 2950, spent: 2_000_000 },
    { epoch: 2966, spent: 500_000 },
  ]
  const lines = budgetLines(statement(2966, 500_000, records), 2967)
  expect(lines.map(({ spent, limit }) => [spent, limit])).toEqual([
    [0, 2_000_000],
    [500_000, 2_000_000],
    [2_500_000, 8_000_000],
  ])
})
