// `npm run size [-- --json]`: weighs what visitors download, minified and gzipped, and fails where a budget is exceeded.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { ROOT } from '../test/support/run-quietly.mjs'

const KB = 1000 // the smaller of the two meanings

const DIST = `${ROOT}dist/`
const DEMO = `${ROOT}demo/generated/public/`

if (!existsSync(`${DIST}sotto.js`)) fail('dist/ is missing: run npm run build first')
if (!existsSync(`${DEMO}catalog.pack`)) fail('the demo catalog is missing: run npx tsx demo/build-catalog.ts first')

const gzipped = (path) => gzipSync(readFileSync(path), { level: 9 }).length
/** Files that are served as they are, compressed already. */
const stored = (path) => readFileSync(path).length
const sum = (sizes) => sizes.reduce((total, size) => total + size, 0)
const chunks = existsSync(`${DIST}chunks`) ? readdirSync(`${DIST}chunks`).filter((name) => name.endsWith('.js')) : []

/** The chunk of this name, and all that it cannot do without: what a browser fetches for it beside the engine. */
function withImports(name, found = new Set()) {
  const file = chunks.find((chunk) => chunk === name || chunk.replace(/-[\w-]{8}\.js$/, '') === name) ?? fail(`dist/chunks has no ${name}`)
  if (found.has(file)) return found
  found.add(file)
  const code = readFileSync(`${DIST}chunks/${file}`, 'utf8')
  for (const [, imported] of code.matchAll(/(?:from|import)\s*["'`]\.\/([\w~-]+\.js)["'`]/g)) withImports(imported, found)
  return found
}
const chunked = (...names) =>
  sum([...new Set(names.flatMap((name) => [...withImports(name)]))].map((name) => gzipped(`${DIST}chunks/${name}`)))

/** What a visitor who has one chunk fetches for another. */
const beside = (name, had) => chunked(had, name) - chunked(had)

const script = gzipped(`${DIST}sotto.js`)
const element = gzipped(`${DIST}element.js`)
const engine = gzipped(`${DIST}worker.js`) + gzipped(`${DIST}engine.js`)
const split = readFileSync(`${DIST}engine.js`, 'utf8').match(/(?:from|import)\s*["'`]\.\/[^"'`]+/)
if (split) fail(`engine.js waits for another file (${split[0]}): one more request before every first shelf`)
const firstCatalog = chunked('from-source')
const head = gzipped(`${DEMO}catalog.pack`)

const rows = [
  { name: 'script tag (sotto.js)', bytes: script, budget: 6 * KB },
  { name: 'page SDK as a module (index.js)', bytes: gzipped(`${DIST}index.js`), budget: 10 * KB },
  { name: 'shelf element (element.js, lazy)', bytes: element, budget: 6 * KB },
  { name: 'worker engine without tfjs (worker.js, engine.js)', bytes: engine, budget: 30 * KB },
  { name: 'first load of a catalog (lazy)', bytes: chunked('from-source', 'save-catalog'), budget: 8 * KB },
  { name: 'search (lazy)', bytes: chunked('search'), budget: 6 * KB },
  { name: 'shelves beside for-you (lazy)', bytes: chunked('strategies'), budget: 4 * KB },
  { name: 'explaining, ranking lists (lazy)', bytes: chunked('on-demand'), budget: 4 * KB },
  { name: 'learned models and their ranker (lazy)', bytes: chunked('learned', 'plain-models'), budget: 16 * KB },
  { name: 'learned networks, without tfjs (lazy)', bytes: chunked('learned', 'network-models'), budget: 16 * KB },
  { name: 'measuring who scores (lazy)', bytes: chunked('tune-index'), budget: 4 * KB },
  { name: 'scoring on a GPU (lazy)', bytes: chunked('gpu-service', 'webgpu-index'), budget: 10 * KB },
  { name: 'models: tfjs-core with WebGPU (lazy)', bytes: chunked('tensor-runner', 'webgpu-backend'), budget: 125 * KB },
  {
    name: 'models: tfjs-core with WebAssembly, without its binary (lazy)',
    bytes: chunked('tensor-runner', 'wasm-backend'),
    budget: 75 * KB,
  },
  { name: 'models: tfjs-core with plain JavaScript (lazy)', bytes: chunked('tensor-runner', 'cpu-backend'), budget: 60 * KB },
  { name: 'private signals: every visit (lazy)', bytes: chunked('open-signals'), budget: 3 * KB },
  { name: 'private signals: reporting, in visits with something due (lazy)', bytes: beside('reporting', 'open-signals'), budget: 8 * KB },
  { name: 'private signals: checking a new plan (lazy)', bytes: beside('read-plan', 'reporting'), budget: 3 * KB },
  { name: 'private signals: ledger and preview (lazy)', bytes: beside('visitor-view', 'reporting'), budget: 3 * KB },
  { name: 'private signals: sending by a relay (lazy)', bytes: beside('oblivious', 'reporting'), budget: 20 * KB },
  { name: 'private signals: sending by DAP (lazy)', bytes: beside('dap', 'reporting'), budget: 45 * KB },
  {
    name: 'text encoder (lazy)',
    bytes: sum(['model.safetensors.gz', 'vocabulary.txt.gz'].map((name) => stored(`${DIST}text-encoder/${name}`))),
    budget: 1400 * KB,
  },
  // Whatever was looked at: the rest of the pack streams in later, and until then a category stands in for an item of it.
  { name: 'all up to the first adaptive shelf of the demo', bytes: script + element + engine + firstCatalog + head, budget: 300 * KB },
]

const isWithin = rows.every(({ bytes, budget }) => bytes <= budget)
if (process.argv.includes('--json')) console.log(JSON.stringify({ unit: 'bytes, minified and gzipped', rows, isWithin }, null, 2))
else
  for (const { name, bytes, budget } of rows)
    console.log(`${bytes <= budget ? 'ok  ' : 'OVER'} ${String(bytes).padStart(9)} of ${String(budget).padStart(9)}  ${name}`)
if (!isWithin) fail('over budget')

function fail(message) {
  console.error(message)
  process.exit(1)
}
