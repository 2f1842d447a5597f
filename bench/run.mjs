// `npm run bench -- [NAME] [--json]`: measures the built SDK in Chromium; without a name, everything. Exit code 1 over budget.
import { register } from 'tsx/esm/api'
import { ensureBuilt } from './support/ensure-built.mjs'

const BENCHES = {
  startup: async () => (await import('./startup/startup.ts')).startup(),
  capture: async () => (await import('./capture/capture.ts')).capture(),
}

const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  console.error(`there is no bench ${unknown}; there are: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(1)
}
if (!ensureBuilt()) process.exit(1)
// The benches are TypeScript, and share code with the tests and with pack/.
register()
const { asTable } = await import('./support/report.ts')

const reports = []
for (const name of names.length > 0 ? names : Object.keys(BENCHES)) reports.push(await BENCHES[name]())
if (process.argv.includes('--json')) console.log(JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2))
else console.log(reports.map(asTable).join('\n\n'))
process.exitCode = reports.every(({ isWithin }) => isWithin) ? 0 : 1
