// `npm run bench -- [NAME] [--json] [--quick] [--write]`: measures in Chromium; without a name, everything. Exit code 1 over budget.
// `--quick`: small sizes and few rounds, to see that it runs, no measurement. `--write`: puts what `scoring` or `quality` finds into README.md.
// `--models=…`: of `quality`, as of the command `evaluate`; `--from=FOLDER`: `quality` measures nothing, but takes what was measured before.
import { register } from 'tsx/esm/api'
import { ensureBuilt } from './support/ensure-built.mjs'

/** To those who wait; figures alone go to the standard output. */
const onProgress = (doing) => process.stderr.write(`${doing} …\n`)

const QUICK = {
  startup: { items: 400, events: 300, rounds: 1 },
  capture: { events: 200, rounds: 1, perBurst: [50] },
  loading: { items: 500, rounds: 1 },
  scoring: { sizes: [{ items: 300, dim: 24 }], rounds: 1 },
  'signals-visit': { rounds: 1 },
  inference: { batches: [1, 2], rounds: 1, without: ['ours, WebGPU'] },
  quality: { models: 'popularity,item-neighbours', sample: 200 },
  loop: { visitors: 300, runs: 1, customers: 300 },
  collector: { rate: 200, seconds: 3, batchSeconds: 2 },
  'collector-kill': { kills: 2 },
}

const BENCHES = {
  startup: async (sizes) => (await import('./startup/startup.ts')).startup(sizes),
  capture: async (sizes) => (await import('./capture/capture.ts')).capture(sizes),
  loading: async (sizes) => (await import('./loading/loading.ts')).loading(sizes),
  'signals-visit': async (sizes) => (await import('./signals-visit/signals-visit.ts')).signalsVisit(sizes),
  scoring: async (sizes) => (await import('./scoring/scoring.ts')).scoring({ ...sizes, onProgress }),
  inference: async (sizes) => (await import('./inference/inference.ts')).inference({ ...sizes, onProgress }),
  quality: async (sizes) => (await import('./quality/quality.ts')).quality({ ...qualityOptions, ...sizes, onProgress }),
  loop: async (sizes) => (await import('./loop/loop.ts')).loop({ ...sizes, onProgress }),
  collector: async (sizes) => (await import('./collector/collector.ts')).collector({ ...sizes, onProgress }),
  'collector-kill': async (sizes) => (await import('./collector/collector-kill.ts')).collectorKill({ ...sizes, onProgress }),
}
/** They take minutes, or read public data: only by name. */
const BY_NAME = ['quality', 'loop', 'collector', 'collector-kill']
/** What is run with what: the README shows both side by side. */
const TOGETHER = { scoring: ['scoring', 'inference'] }

const options = process.argv.slice(2).filter((argument) => argument.startsWith('--'))
const models = options.find((option) => option.startsWith('--models='))?.slice('--models='.length)
const from = options.find((option) => option.startsWith('--from='))?.slice('--from='.length)
const qualityOptions = { ...(models !== undefined && { models }), ...(from !== undefined && { from }) }
const names = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))
const unknown = names.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  console.error(`there is no bench ${unknown}; there are: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(1)
}
const isQuick = options.includes('--quick')
if (isQuick && options.includes('--write')) {
  console.error('a quick run is no measurement: leave out --quick to --write')
  process.exit(1)
}
// The other benches bundle the sources themselves.
const chosen = new Set(
  names.length > 0 ? names.flatMap((name) => TOGETHER[name] ?? [name]) : Object.keys(BENCHES).filter((name) => !BY_NAME.includes(name)),
)
if ((chosen.has('startup') || chosen.has('capture') || chosen.has('signals-visit')) && !ensureBuilt()) process.exit(1)
// The benches are TypeScript, and share code with the tests and with pack/.
register()
const { asTable } = await import('./support/report.ts')

const reports = []
for (const name of chosen) reports.push(await BENCHES[name](isQuick ? QUICK[name] : undefined))
if (options.includes('--json')) console.log(JSON.stringify(reports.length === 1 ? reports[0] : reports, null, 2))
else console.log(reports.map(asTable).join('\n\n'))
// Not among the figures: those may go to a program.
if (isQuick) console.error('This was a quick run: it shows that the benches run, and is no measurement.')
if (options.includes('--write')) {
  const quality = reports.find(({ name }) => name === 'quality')
  const others = reports.filter((report) => report !== quality)
  if (quality) (await import('./quality/write-quality.ts')).writeQuality(quality)
  if (others.length > 0) (await import('./support/write-readme.ts')).writeReadme(others)
}
process.exitCode = reports.every(({ isWithin }) => isWithin) ? 0 : 1
