// `npm run audit:privacy`: every audit at full length, what each looks for, what is stated, what was measured and the verdict. Exit code 1 where one fails.
// `-- --short`: as in the tests, in seconds. `-- NAME …`: only these.
import { ALL_AUDITS } from './all-audits'
import type { Finding, Thoroughness } from './finding'
import { type AuditName, PLAIN_WORDS } from './plain-words'
import { LEGEND, reportLines, sumLine } from './report-lines'

async function run(argv: readonly string[]): Promise<number> {
  const thoroughness: Thoroughness = argv.includes('--short') ? 'short' : 'full'
  const asked = argv.filter((argument) => !argument.startsWith('--'))
  const names = Object.keys(PLAIN_WORDS) as AuditName[] // its own keys
  const unknown = asked.find((name) => !names.some((known) => known === name))
  if (unknown !== undefined) {
    console.error(`there is no audit ${unknown}; there are: ${names.join(', ')}`)
    return 2
  }
  const findings: Finding[] = []
  console.log(LEGEND.join('\n'))
  for (const name of names) {
    if (asked.length > 0 && !asked.includes(name)) continue
    process.stderr.write(`${name} …\n`)
    const found = await ALL_AUDITS[name](thoroughness)
    findings.push(...found)
    console.log(reportLines(name, PLAIN_WORDS[name], found).join('\n'))
  }
  console.log(`\n${sumLine(findings)}`)
  return findings.some(({ passes }) => passes === false) ? 1 : 0
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (thrown) => {
    console.error(thrown)
    process.exit(1)
  },
)
