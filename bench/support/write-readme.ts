import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inDigits } from './digits'
import { inWords, type Report } from './report'
import { asMarkdown } from './table'

const README = join(import.meta.dirname, '../../README.md')
const BEGIN = '<!-- scoring:begin -->'
const END = '<!-- scoring:end -->'

/** Columns of the table of budgets. */
export const BUDGET_COLUMNS: readonly string[] = ['what', 'measured', 'budget', 'kept']

/**
 * Puts summary, tables, notes and budgets between the marks of the README.
 * @throws Error where the marks are missing, or a report has no tables.
 */
export function writeReadme(reports: readonly Report[]): void {
  const withTables = reports.filter(({ tables }) => tables)
  if (withTables.length === 0) throw new Error('nothing to write: only scoring and inference go into the README')
  const before = readSection()
  const text = readFileSync(README, 'utf8')
  writeFileSync(
    README,
    text.replace(`${BEGIN}${before}${END}`, () => `${BEGIN}\n${asSection(withTables, new Date())}${END}`),
  )
}

/** The section as it stands between the marks. */
export function asSection(reports: readonly Report[], date: Date): string {
  const { browser, cores, processor } = reports[0]!
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  const summary = reports.flatMap((found) => found.summary ?? [])
  const demands = reports.flatMap((found) => found.demands)
  return [
    `\`npm run bench -- scoring --write\` on ${day}, Chromium ${browser.split('.')[0]}, ${cores} cores (${processor}); all in one run, turn about.\n`,
    summary.length > 0 && `${summary.map((line) => `- ${line}`).join('\n')}\n`,
    ...reports.flatMap(({ tables = [], notes = [] }) => [
      ...tables.map((table) => `${asMarkdown(table)}\n`),
      ...(notes.length > 0 ? [`${notes.map((note) => `- ${note}`).join('\n')}\n`] : []),
    ]),
    demands.length > 0 &&
      `${asMarkdown({
        title: 'Budgets, by the medians of ratios round by round',
        columns: BUDGET_COLUMNS,
        rows: demands.map(({ compares, ratio, budget, isKept }) => [compares, inDigits(ratio), inWords(budget), isKept ? 'yes' : 'no']),
      })}\n`,
  ]
    .filter((part) => part !== false)
    .join('\n')
}

/** What stands between the marks now. */
export function readSection(): string {
  const text = readFileSync(README, 'utf8')
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  return text.slice(from + BEGIN.length, to)
}
