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
const isSearch = (name) => name.startsWith('search-')
const chunked = (names) => sum(names.map((name) => gzipped(`${DIST}chunks/${name}`)))

const script = gzipped(`${DIST}sotto.js`)
const element = gzipped(`${DIST}element.js`)
const engine = gzipped(`${DIST}worker.js`)
const head = gzipped(`${DEMO}catalog.pack`)

const rows = [
  { name: 'script tag (sotto.js)', bytes: script, budget: 6 * KB },
  { name: 'page SDK as a module (index.js)', bytes: gzipped(`${DIST}index.js`), budget: 10 * KB },
  { name: 'shelf element (element.js, lazy)', bytes: element, budget: 6 * KB },
  { name: 'worker engine without tfjs (worker.js)', bytes: engine, budget: 30 * KB },
  { name: 'tfjs-core with WebGPU (lazy chunks)', bytes: chunked(chunks.filter((name) => !isSearch(name))), budget: 125 * KB },
  { name: 'search (lazy chunk)', bytes: chunked(chunks.filter(isSearch)), budget: 6 * KB },
  {
    name: 'text encoder (lazy)',
    bytes: sum(['model.safetensors.gz', 'vocabulary.txt.gz'].map((name) => stored(`${DIST}text-encoder/${name}`))),
    budget: 1400 * KB,
  },
  // Whatever was looked at: the rest of the pack streams in later, and until then a category stands in for an item of it.
  { name: 'all up to the first adaptive shelf of the demo', bytes: script + element + engine + head, budget: 300 * KB },
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
