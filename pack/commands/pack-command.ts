import { basename } from 'node:path'
import { readEstimates } from '../estimates/read-estimates'
import type { InteractionLog } from '../learn/interaction-log'
import { chooseModels, type ModelChoice } from '../make/choose-models'
import { chooseKind, type VectorsOf } from '../make/item-vectors'
import { keptOffset } from '../make/kept-offset'
import { type MadePack, makePack } from '../make/make-pack'
import type { Progress } from '../make/progress'
import { DEFAULT_SUPPORT } from '../make/support'
import type { Orders } from '../read/read-orders'
import { type EntryVectors, readVectors } from '../read/read-vectors'
import { readThumbnails } from '../read-thumbnails'
import { rollBack } from '../write/save-pack'
import type { Command, CommandIo } from './command'
import { loadOrders } from './load-orders'
import { packReport } from './pack-report'
import { asUsage, expectLocale, parseArguments, supportOf } from './parse-arguments'
import { progressBar } from './progress-bar'
import { type ReadItems, readItems } from './read-items'
import { UsageError } from './usage-error'
import { many } from './words'
import { writePackFiles } from './write-pack-files'

const OPTIONS = {
  out: { type: 'string', short: 'o' },
  orders: { type: 'string' },
  estimates: { type: 'string' },
  support: { type: 'string', default: String(DEFAULT_SUPPORT) },
  models: { type: 'string' },
  checkpoints: { type: 'string' },
  vectors: { type: 'string' },
  'vectors-of': { type: 'string' },
  fine: { type: 'boolean', default: false },
  thumbnails: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean', default: false },
  rollback: { type: 'boolean', default: false },
} as const

/** `sotto pack`: makes a catalog pack of a product feed, and of orders where there are some. */
export const packCommand: Command = {
  name: 'pack',
  summary: 'make a catalog pack of a product feed, and of orders where there are some',
  usage: `Usage: sotto pack FEED -o catalog.pack [options]
       sotto pack --rollback -o catalog.pack

FEED is JSON (a list, or {"items": [...]}), JSON Lines, CSV or TSV, a Google Merchant feed (RSS or TSV) or Shopify's products.json; its
content tells which. It stands in the site's own order of popularity, unless orders tell another one. Any file may be compressed with gzip.

  -o, --out FILE       the pack's first file, ending in .pack; the others are written beside it
  --orders FILE        orders or events to learn from: CSV, TSV or JSON Lines with user (or session), item, time,
                       and perhaps event, quantity, price; give the user where you know one: of a file without, sessions
                       (orders) are counted as if each were another visitor's, and of one with, rows of no user are left out
  --estimates URL|FILE what visitors' signals came to, as a collector publishes it (GET /v1/estimates; its address alone will do): corrects the
                       order of popularity, and improves the ranker where held-out orders show that it does
  --support N          what is learned rests on at least N visitors; default ${DEFAULT_SUPPORT}, at least 3
  --models LIST        what is learned: default, all, or names with commas between; without orders, what needs none (terms)
  --checkpoints FOLDER neural models note there how far they are; started again, learning goes on
  --vectors FILE       item vectors of the site's own in place of the text encoder's: safetensors, "vectors" F32 [rows, dim] in the
                       order of the feed, or with "ids" (UTF-8 text, one a line) beside it
  --vectors-of KIND    encoder, terms (latent terms of this catalog), site, mixed (side by side), or auto, the default without --vectors:
                       the encoder's, unless the orders show that others are better by a tenth; text search needs the encoder's alone
  --fine               keeps vectors in 16 bits instead of 8: exact rankings, larger files
  --thumbnails FOLDER  small pictures named by item id, all of one type: lamp-1.webp, ...
  --locale TAG         how the files write numbers and dates, where that is ambiguous: de, en-GB, ...; default en-US
  --json               tells what came of it, or why it failed, as JSON
  --rollback           goes back to the pack before; the same again goes forward`,

  async run(args, io) {
    const isRollback = args.includes('--rollback')
    const { values, positionals } = parseArguments(args, OPTIONS, isRollback ? [] : ['FEED'])
    const { out, models, support, 'vectors-of': kind, ...files } = values
    if (!out?.endsWith('.pack')) throw new UsageError(`-o is ${out ?? 'missing'}, expected a file name that ends in .pack`)
    const name = basename(out, '.pack')
    if (!/^[\w-]+$/.test(name)) throw new UsageError(`-o is ${out}, expected a name of letters, digits, - and _ before .pack`)
    if (isRollback) {
      const items = await rollBack(out)
      io.print(files.json ? JSON.stringify({ out, items }, null, 2) : `${out} is the pack before again, with ${many(items, 'item')}`)
      return 0
    }
    expectLocale(files.locale)
    const learning = asUsage(() => ({
      models: models === undefined ? undefined : chooseModels(models),
      support: supportOf(support),
      vectorsOf: chooseKind(kind, files.vectors !== undefined),
    }))
    await pack({ ...files, ...learning, feed: positionals[0]!, out, name }, io) // it is there: it was asked for
    return 0
  },
}

type PackOptions = Pick<Parameters<typeof makePack>[1], 'name' | 'support'> & {
  readonly feed: string
  readonly out: string
  /** Absent where none were asked for. */
  readonly models: ModelChoice | undefined
  readonly vectorsOf: VectorsOf
  readonly fine: boolean
  readonly json: boolean
} & { readonly [Name in 'orders' | 'estimates' | 'checkpoints' | 'vectors' | 'thumbnails' | 'locale']?: string | undefined }

async function pack(options: PackOptions, io: CommandIo): Promise<void> {
  const progress: Progress = progressBar(io.terminal)
  const { feed, out, json, locale, name, fine, models, support, checkpoints, vectorsOf } = options
  const read = await readItems(feed, locale, progress)
  const orders: Orders | undefined =
    options.orders === undefined ? undefined : await loadOrders(options.orders, read.items, { locale, io, progress })
  const { estimates: source } = options
  const now = io.now()
  const document = source === undefined ? undefined : await readEstimates(source, { now, fetch: io.fetch ?? fetch })
  const vectors = options.vectors === undefined ? undefined : await itemVectors(options.vectors, read)
  const thumbnails = options.thumbnails === undefined ? undefined : await readThumbnails(options.thumbnails)
  const log = orders?.log ?? (models && emptyLog(read.items.length))
  const made: MadePack = await makePack(
    read.positions.map((position) => read.entries[position]),
    {
      name,
      log,
      estimates: document && { document, now, kept: await keptOffset(out) },
      countedBy: orders?.countedBy,
      models: models ?? chooseModels('default'),
      support,
      checkpoints,
      fine,
      locale,
      vectorsOf,
      ...(vectors && { vectors }),
      ...(thumbnails && { thumbnails }),
    },
    progress,
  )
  await writePackFiles(out, made.core, made.files)
  const report = packReport({ out, feed, read, ordersPath: options.orders, orders, estimates: source, vectors, made, support })
  io.print(json ? JSON.stringify(report.facts, null, 2) : report.lines.join('\n'))
}

/** For what needs none. */
function emptyLog(itemCount: number): InteractionLog {
  return { itemCount, starts: new Int32Array(1), items: new Int32Array(0) }
}

/** The site's vectors, a row an item; where they are not told apart by ids, entries that are no items have one too. */
async function itemVectors(path: string, { items, positions, entries }: ReadItems): Promise<EntryVectors> {
  const ids = new Array<string | undefined>(entries.length).fill(undefined)
  for (const [row, position] of positions.entries()) ids[position] = items[row]!.id
  const { values, dim, ...counts } = await readVectors(path, ids)
  const own = new Float32Array(items.length * dim)
  for (const [row, position] of positions.entries()) own.set(values.subarray(position * dim, (position + 1) * dim), row * dim)
  return { values: own, dim, ...counts }
}
