import type { Finding } from './finding'
import type { PlainWords } from './plain-words'

/** As wide as the narrowest terminal in use, and as a printed page. */
export const MOST_COLUMNS = 100
/** Of verdict, audit, stated, measured; two spaces between them. */
const WIDTHS = [6, 30, 26, 32] as const

/** What stands before the table. */
export const LEGEND: readonly string[] = [
  'Each audit attacks what ships: for each it says what would be bad, and what was seen.',
  '  stated    what is promised; measured is what came out',
  '  ok        as promised; FAILED: not as promised; absent: could not be looked at here',
  '  mutant    made wrong on purpose: ok where that was found out, so that the attack is no blank',
  '  ε         how much a report may tell: it is at most e^ε times likelier of one person than another',
  '  k         how many answers there are to choose from',
  '  AUC       how well an attack tells two kinds apart: 0.5 by guessing, 1 always',
]

/** An audit for people: its name, what would be bad, what was seen, and a row for each finding; no line wider than 100 columns. */
export function reportLines(name: string, { bad, fine }: PlainWords, findings: readonly Finding[]): readonly string[] {
  return [
    '',
    name.toUpperCase(),
    ...wrapped(`Bad would be: ${bad}`, MOST_COLUMNS),
    ...wrapped(`Seen: ${seen(fine, findings)}`, MOST_COLUMNS),
    ...row('', 'looked at', 'stated', 'measured'),
    ...findings.flatMap((finding) => row(verdictOf(finding), finding.audit, finding.stated, finding.measured)),
  ]
}

/** The end of the table. */
export function sumLine(findings: readonly Finding[]): string {
  const failed = findings.filter(({ passes }) => passes === false).length
  const absent = findings.filter(({ passes }) => passes === undefined).length
  return `${findings.length - failed - absent} as promised, ${failed} not as promised, ${absent} not looked at here`
}

function seen(fine: string, findings: readonly Finding[]): string {
  if (findings.some(({ passes }) => passes === false)) return 'NOT AS PROMISED, in the lines marked FAILED.'
  return findings.some(({ passes }) => passes) ? fine : 'nothing: it could not be looked at here.'
}

function verdictOf({ passes }: Finding): string {
  return passes === undefined ? 'absent' : passes ? 'ok' : 'FAILED'
}

function row(...cells: readonly [verdict: string, audit: string, stated: string, measured: string]): readonly string[] {
  const columns = cells.map((cell, at) => wrapped(cell, WIDTHS[at]!)) // as many
  const height = Math.max(...columns.map(({ length }) => length))
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, at) => (column[line] ?? '').padEnd(WIDTHS[at]!))
      .join('  ')
      .trimEnd(),
  )
}

/** Broken between words; a word that is wider than the column, anywhere. */
function wrapped(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ').flatMap((each) => each.match(new RegExp(`.{1,${width}}`, 'gu')) ?? [])) {
    const longer = line === '' ? word : `${line} ${word}`
    if (longer.length <= width) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return [...lines, line]
}
