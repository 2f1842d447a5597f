import { basename, dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import type { ModelName, ModelPart } from '../../worker/models/model-part'
import { readPart } from '../../worker/models/read-part'
import { modelsOfBlend } from '../../worker/ranking/ranker/blend'
import { chooseModels, type ModelChoice } from '../make/choose-models'
import { learnParts } from '../make/learn-parts'
import { partFiles } from '../make/part-files'
import { DEFAULT_SUPPORT } from '../make/support'
import { type OpenedPack, openPackFile, readPackFile } from '../read/open-pack'
import type { CountedBy } from '../read/read-orders'
import { metadataOf, withMetadata } from '../write/pack-header'
import { savePack } from '../write/save-pack'
import type { Command, CommandIo } from './command'
import { loadOrders } from './load-orders'
import { learnedFacts, learnedLines, orderFacts, orderLines } from './pack-report'
import { asUsage, expectLocale, parseArguments, supportOf } from './parse-arguments'
import { progressBar } from './progress-bar'
import { UsageError } from './usage-error'
import { many, size } from './words'

const OPTIONS = {
  orders: { type: 'string' },
  support: { type: 'string', default: String(DEFAULT_SUPPORT) },
  models: { type: 'string', default: 'default' },
  checkpoints: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** `sotto train`: adds what is learned from orders to a pack, in place of what it had of the same models. */
export const trainCommand: Command = {
  name: 'train',
  summary: 'learn models from orders and add them to a pack',
  usage: `Usage: sotto train PACK --orders FILE [options]

Adds what is learned to the pack, in place of what it had of the same models; its items stay as they are. The pack before is kept, see
sotto pack --rollback.

  --orders FILE  orders or events: CSV, TSV or JSON Lines with user (or session), item, time, and perhaps event, quantity, price; of a
                 file without user, sessions are counted as if each were another visitor's, and of one with, rows of no user are left out
  --models LIST  what is learned: default, all, or names with commas between; what the pack's blend is made of only with the blend
  --support N    what is learned rests on at least N visitors; default ${DEFAULT_SUPPORT}, at least 3
  --checkpoints FOLDER
                 neural models note there how far they are; started again, learning goes on
  --locale TAG   how the file writes numbers and dates, where that is ambiguous: de, en-GB, ...; default en-US
  --json         tells what came of it as JSON`,

  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS, ['PACK'])
    const { orders, models, support, locale, json, checkpoints } = values
    if (orders === undefined) throw new UsageError('--orders is missing: there is nothing to learn from')
    expectLocale(locale)
    const learning = asUsage(() => ({ models: chooseModels(models), support: supportOf(support) }))
    await train({ path: positionals[0]!, orders, locale, json, checkpoints, ...learning }, io) // it is there: it was asked for
    return 0
  },
}

type TrainOptions = {
  readonly path: string
  readonly orders: string
  readonly locale: string | undefined
  readonly checkpoints: string | undefined
  readonly json: boolean
  readonly models: ModelChoice
  readonly support: number
}

async function train({ path, orders: ordersPath, locale, json, models, support, checkpoints }: TrainOptions, io: CommandIo): Promise<void> {
  const progress = progressBar(io.terminal)
  const pack = await openPackFile(path)
  if (models.blended.length === 0) await expectBlendKept(path, pack, modelsOf(models.alone))
  const orders = await loadOrders(ordersPath, pack.items, { locale, io, progress })
  const learned = await learnParts(pack, orders.log, models, { support, checkpoints }, progress)
  const found = modelsOf(learned.parts)
  if (found.length === 0) {
    const without = learned.without.join(', ')
    throw new SottoError(
      'invalid-argument',
      `${ordersPath}, at least ${many(support, 'visitor')}: too little to learn ${without} from; nothing was written`,
    )
  }
  // Too little for a blend, though it was asked for.
  if (!found.includes('blend')) await expectBlendKept(path, pack, found)
  const { core, files } = withLearned(pack, basename(path, '.pack'), learned.parts, { support, countedBy: orders.countedBy })
  await savePack(path, core, files)
  const sizes = files.map(({ announced, bytes }) => ({ model: announced.model, bytes: bytes.length }))
  const lines = [
    ...orderLines(ordersPath, orders),
    ...learnedLines(learned, support, orders.countedBy),
    ...sizes.map(({ model, bytes }) => `  ${model}: ${size(bytes)}`),
  ]
  const facts = { orders: orderFacts(ordersPath, orders), ...learnedFacts(learned, support, orders.countedBy), sizes }
  io.print(json ? JSON.stringify(facts, null, 2) : lines.join('\n'))
}

function modelsOf(learned: readonly { readonly model: ModelName }[]): readonly ModelName[] {
  return learned.map(({ model }) => model)
}

/**
 * The blend of a pack weighs its models as they were learned with it.
 * @throws SottoError `invalid-argument` where some of them would be replaced and the blend would not.
 */
async function expectBlendKept(path: string, { core }: OpenedPack, learned: readonly ModelName[]): Promise<void> {
  const file = core.parts.find(({ model }) => model === 'blend')
  if (!file) return
  const needed = modelsOfBlend(readPart(await readPackFile(join(dirname(path), file.file))))
  const replaced = learned.filter((model) => needed.includes(model))
  if (replaced.length === 0) return
  throw new SottoError(
    'invalid-argument',
    `${path}: its blend weighs ${replaced.join(', ')} as learned with it; learn it anew too (--models ${learned.join(',')},blend), from enough orders for it`,
  )
}

type Rests = { readonly support: number; readonly countedBy: CountedBy }

/** The pack with other parts. Its support is the lowest that any of them rests on, and counts sessions if any does. */
function withLearned({ core, coreBytes }: OpenedPack, name: string, parts: readonly ModelPart[], { support, countedBy }: Rests) {
  const files = partFiles(name, parts)
  const learned = new Set<string>(parts.map(({ model }) => model))
  const kept = core.parts.filter(({ model }) => !learned.has(model))
  const announced = [...kept, ...files.map((file) => file.announced)]
  // The order of the items, too, is learned.
  const before = metadataOf(coreBytes)
  const metadata = {
    parts: JSON.stringify(announced),
    support: String(Math.min(support, Number(before.support ?? support))),
    support_counts: before.support_counts === 'sessions' ? before.support_counts : countedBy,
  }
  return { core: withMetadata(coreBytes, metadata), files }
}
