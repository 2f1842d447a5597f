import type { BudgetStatement } from 'sotto'
import { epochStart } from 'sotto/signals'

/** A budget: what it is for, and how much of it is spent, in millionths of epsilon. */
export type BudgetLine = { readonly name: string; readonly spent: number; readonly limit: number }

/**
 * The budgets of this week, of the week before, and of the year. Always these, whichever of the two weeks was answered for last: a browser's first answer is
 * about the running week, later ones about the week before.
 *
 * @param epoch the one that runs.
 */
export function budgetLines({ records, epochLimit, yearSpent, yearLimit }: BudgetStatement, epoch: number): readonly BudgetLine[] {
  const spentOn = (week: number) => records.find((record) => record.epoch === week)?.spent ?? 0
  return [
    { name: `${weekOf(epoch)}, the present one`, spent: spentOn(epoch), limit: epochLimit },
    { name: `${weekOf(epoch - 1)}, the one before`, spent: spentOn(epoch - 1), limit: epochLimit },
    { name: 'All weeks of a year', spent: yearSpent, limit: yearLimit },
  ]
}

/** A week by its Monday: `Week of 16 November`. */
export function weekOf(epoch: number): string {
  return `Week of ${new Date(epochStart(epoch)).toLocaleDateString('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC' })}`
}
