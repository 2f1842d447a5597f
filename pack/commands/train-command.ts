import { basename, dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import type { ModelName, ModelPart } from '../../worker/models/model-part'
import { readPart } from '../../worker/models/read-part'
import { modelsOfBlend } from '../../worker/ranking/ranker/blend'
import { learnFromEstimates, proposedMoves } from '../estimates/learn-from-estimates'
import { liftParts } from '../estimates/lift-parts'
import { readEstimates } from '../estimates/read-estimates'
import { chooseModels, type ModelChoice } from '../make/choose-models'
import { keptOffset } from '../make/kept-offset'
import { learnParts } from '../make/learn-parts'
import { partFiles } from '../make/part-files'
import { DEFAULT_SUPPORT } from '../make/support'
import { type OpenedPack, openPackFile, readPackFile } from '../read/open-pack'
import type { CountedBy } from '../read/read-orders'
import { metadataOf, withMetadata } from '../write/pack-header'
import type { Command, CommandIo } from './command'
import { estimateFacts, estimateLines } from './estimates-report'
import { loadOrders } from './load-orders'
import { learnedFacts, learnedLines, orderFacts, orderLines } from './pack-report'
import { asUsage, expectLocale, parseArguments, supportOf } from './parse-arguments'
import { progressBar } from './progress-bar'
import { UsageError } from './usage-error'
import { many, size } from './words'
import { writePackFiles } from './write-pack-files'

const OPTIONS = {
  orders: { type: 'string' },
  estimates: { type: 'string' },
  support: { type: 'string', default: String(DEFAULT_SUPPORT) },
  models: { type: 'string', default: 'default' },
  checkpoints: { type: 'string' },
  locale: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const

/** What estimates have a say in. */
const CORRECTED: readonly ModelName[] = ['popularity', 'lately', 'blend']

/** `sotto train`: adds what is learned from orders to a pack, in place of what it had of the same models. */
export const trainCommand: Command = {
  name: 'train',
  summary: 'learn models from orders and add them to a pack',
  usage: `Usage: sotto train PACK --orders FILE [options]

Adds what is learned to the pack, in place of what it had of the same models; its items stay as they are. The pack before is kept, see
sotto pack --rollback.

  --orders FILE  orders or events: CSV, TSV or JSON Lines with user (or session), item, time, and perhaps event, quantity, price; of a
                 file without user, sessions are counted as if each were another visitor's, and of one with, rows of no user are left out
  --estimates URL|FILE
                 what visitors' signals came to, as for sotto pack: corrects popularity and lately, and improves the blend where held-out
                 orders show that it does; the order of the items stays, which sotto pack corrects too
  --models LIST  what is learned: default, all, or names with commas between; what the pack's blend is made of only with the blend
  --support N    what is learned rests on at least N visitors; default ${DEFAULT_SUPPORT}, at least 3
  --checkpoints FOLDER
                 neural models note there how far they are; started again, learning goes on
  --locale TAG   how the file writes numbers and dates, where that is ambiguous: de, en-GB, ...; default en-US
  --json         tells what came of it, or why it failed, as JSON`,

  async run(args, io) {
    const { values, positionals } = parseArguments(args, OPTIONS, ['PACK'])
    const { orders, estimates, models, support, locale, json, checkpoints } = values
    if (orders === undefined)
      throw new UsageError(
        `--orders is missing: there is nothing to learn from${estimates === undefined ? '' : '; without orders, sotto pack takes --estimates'}`,
      )
    expectLocale(locale)
    const learning = asUsage(() => ({ models: chooseModels(models), support: supportOf(support) }))
    if (estimates !== undefined) expectCorrected(learning.models)
    await train({ path: positionals[0]!, orders, estimates, locale, json, checkpoints, ...learning }, io) // it is there: it was asked for
    return 0
  },
}

type TrainOptions = {
  readonly path: string
  readonly orders: string
  readonly estimates: string | undefined
  readonly locale: string | undefined
  readonly checkpoints: string | undefined
  readonly json: boolean
  readonly models: ModelChoice
  readonly support: number
}

async function train({ path, orders: ordersPath, estimates, ...options }: TrainOptions, io: CommandIo): Promise<void> {
  const { locale, json, models, support, checkpoints } = options
  const progress = progressBar(io.terminal)
  const pack = await openPackFile(path)
  if (models.blended.length === 0) await expectBlendKept(path, pack, modelsOf(models.alone))
  const orders = await loadOrders(ordersPath, pack.items, { locale, io, progress })
  const now = io.now()
  const document = estimates === undefined ? undefined : await readEstimates(estimates, { now, fetch: io.fetch ?? fetch })
  const heard = document && learnFromEstimates(pack.items, document, { log: orders.log, support, now })
  const moves = heard && proposedMoves(heard, await keptOffset(path))
  const plain = await learnParts(pack, orders.log, models, { support, checkpoints, moves }, progress)
  const inPlace = Int32Array.from(pack.items.keys())
  const learned = heard ? { ...plain, parts: liftParts(plain.parts, heard.lift(inPlace)) } : plain
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
  await writePackFiles(path, core, files)
  const sizes = files.map(({ announced, bytes }) => ({ model: announced.model, bytes: bytes.length }))
  const lines = [
    ...orderLines(ordersPath, orders),
    ...estimateLines(estimates ?? '', { heard, learned }, true, 'popularity'),
    ...learnedLines(learned, support, orders.countedBy),
    ...sizes.map(({ model, bytes }) => `  ${model}: ${size(bytes)}`),
  ]
  const facts = {
    orders: orderFacts(ordersPath, orders),
    ...estimateFacts(estimates ?? '', { heard, learned }),
    ...learnedFacts(learned, support, orders.countedBy),
    sizes,
  }
  io.print(json ? JSON.stringify(facts, null, 2) : lines.join('\n'))
}

/** @throws UsageError where estimates would change nothing of what is learned. */
function expectCorrected({ blended, alone }: ModelChoice): void {
  const models = modelsOf(alone)
  if (blended.length > 0 || models.some((model) => CORRECTED.includes(model))) return
  throw new UsageError(
    `--estimates corrects ${CORRECTED.join(', ')}, and --models is ${models.join(',')}: name one of them, or leave it out`,
  )
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
