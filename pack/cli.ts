import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { isRecord } from '../worker/text/is-record'
import { readThumbnails } from './read-thumbnails'
import { writePack } from './write-pack'

const USAGE =
  'Usage: tsx pack/cli.ts ITEMS.json --out catalog.pack [--thumbnails FOLDER] [--fine]\n' +
  'ITEMS.json holds a list of items, or {"items": [...]}, most popular first.\n' +
  'FOLDER holds small pictures named by item id, all of one type: lamp-1.webp, ...\n' +
  '--fine keeps vectors in 16 bits instead of 8: exact rankings, larger files.'

const { values, positionals } = parseArgs({
  options: { out: { type: 'string' }, thumbnails: { type: 'string' }, fine: { type: 'boolean', default: false } },
  allowPositionals: true,
})
const [path] = positionals
if (path === undefined || !values.out?.endsWith('.pack')) {
  console.error(USAGE)
  process.exitCode = 2
} else {
  const json: unknown = JSON.parse(await readFile(path, 'utf8'))
  const entries = isRecord(json) ? json.items : json
  if (!Array.isArray(entries)) throw new TypeError(`${path} holds neither a list nor {"items": [...]}`)
  const thumbnails = values.thumbnails === undefined ? undefined : await readThumbnails(values.thumbnails)
  console.log(JSON.stringify(await writePack(entries, values.out, { fine: values.fine, ...(thumbnails && { thumbnails }) })))
}
