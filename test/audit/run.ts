// `npm run audit:privacy`: every audit at full length, a table of what is stated, what was measured and the verdict. Exit code 1 where one fails.
// `-- --short`: as in the tests, in seconds. `-- NAME …`: only these.
import { MECHANISM_AUDITS } from './audits'
import { COLLECTOR_AUDITS } from './collector/collector-audits'
import type { Audit, Finding, Thoroughness } from './finding'
import { inChromium } from './in-chromium'
import { auditPackMembership } from './pack-membership'

const AUDITS: Readonly<Record<string, Audit>> = {
  ...MECHANISM_AUDITS,
  histories: inChromium('histories'),
  'histories-mutant': inChromium('histories-mutant'),
  budget: inChromium('budget'),
  'budget-mutant': inChromium('budget-mutant'),
  linkability: inChromium('linkability'),
  ...COLLECTOR_AUDITS,
  membership: auditPackMembership,
}

const WIDTHS = [76, 56] as const

async function run(argv: readonly string[]): Promise<number> {
  const thoroughness: Thoroughness = argv.includes('--short') ? 'short' : 'full'
  const names = argv.filter((argument) => !argument.startsWith('--'))
  const unknown = names.find((name) => !Object.hasOwn(AUDITS, name))
  if (unknown !== undefined) {
    console.error(`there is no audit ${unknown}; there are: ${Object.keys(AUDITS).join(', ')}`)
    return 2
  }
  const findings: Finding[] = []
  console.log(row('', 'audit', 'stated', 'measured'))
  for (const [name, audit] of Object.entries(AUDITS)) {
    if (names.length > 0 && !names.includes(name)) continue
    const startMs = performance.now()
    process.stderr.write(`${name} …\n`)
    for (const finding of await audit(thoroughness)) {
      findings.push(finding)
      console.log(row(verdict(finding), finding.audit, finding.stated, finding.measured))
    }
    process.stderr.write(`${name}: ${((performance.now() - startMs) / 1000).toFixed(0)} s\n`)
  }
  const failed = findings.filter(({ passes }) => passes === false).length
  const absent = findings.filter(({ passes }) => passes === undefined).length
  console.log(`${findings.length - failed - absent} passed, ${failed} failed, ${absent} with nothing to look at`)
  return failed > 0 ? 1 : 0
}

function verdict({ passes }: Finding): string {
  return passes === undefined ? 'absent' : passes ? 'ok' : 'FAILED'
}

function row(verdict: string, audit: string, stated: string, measured: string): string {
  return `${verdict.padEnd(7)} ${audit.padEnd(WIDTHS[0])}  ${stated.padEnd(WIDTHS[1])}  ${measured}`
}

run(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (thrown) => {
    console.error(thrown)
    process.exit(1)
  },
)
