import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inDigits } from '../support/digits'
import { inWords, type Report } from '../support/report'
import { asMarkdown } from '../support/table'

const README = join(import.meta.dirname, '../../README.md')
const BEGIN = '<!-- quality:begin -->'
const END = '<!-- quality:end -->'

/**
 * Puts tables, notes and budgets between the marks of the README. Where nothing was measured, nothing is changed.
 * @throws Error where the marks are missing.
 */
export function writeQuality(found: Report): void {
  if (!found.tables?.length) return
  const text = readFileSync(README, 'utf8')
  const from = text.indexOf(BEGIN)
  const to = text.indexOf(END)
  if (from < 0 || to < from) throw new Error(`README.md has no ${BEGIN} … ${END}`)
  writeFileSync(README, `${text.slice(0, from + BEGIN.length)}\n${qualitySection(found, new Date())}${text.slice(to)}`)
}

/** The section as it stands between the marks. */
export function qualitySection({ tables = [], notes = [], demands, cores, processor }: Report, date: Date): string {
  const day = date.toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })
  return [
    `Measured on ${day}, ${cores} cores (${processor}), by the code that runs in the worker: \`npm run bench -- quality --write\`, which takes`,
    'hours, or with `--from=FOLDER` from what `npx sotto evaluate … --json FOLDER/amazon-beauty.blend.json` and the like found. All items are ranked, ties',
    'count against the target, ± is one standard error; what is learned from and chosen on what stands below the tables.\n',
    ...tables.map((table) => `${asMarkdown(table)}\n`),
    ...(notes.length > 0 ? [`${notes.map((note) => `- ${note}`).join('\n')}\n`] : []),
    ...(demands.length > 0
      ? [
          `${asMarkdown({
            title: 'Against what it must reach',
            columns: ['what', 'measured', 'budget', 'kept'],
            rows: demands.map(({ compares, ratio, budget, isKept }) => [compares, inDigits(ratio), inWords(budget), isKept ? 'yes' : 'no']),
          })}\n`,
        ]
      : []),
  ].join('\n')
}
