import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { createItemIntake } from '../../worker/catalog/item-intake'
import type { PackCore } from '../../worker/catalog/read-pack'
import { type BuildPackOptions, buildPack } from '../build-pack'
import { type Heard, learnFromEstimates, proposedMoves } from '../estimates/learn-from-estimates'
import { liftParts } from '../estimates/lift-parts'
import type { ChosenVectors } from '../learn/choose-vectors'
import type { InteractionLog } from '../learn/interaction-log'
import { openPack } from '../read/open-pack'
import type { CountedBy } from '../read/read-orders'
import { withMetadata } from '../write/pack-header'
import type { NamedBytes } from '../write/save-pack'
import type { ModelChoice } from './choose-models'
import { itemVectors, type VectorsOf } from './item-vectors'
import { type Learned, type LearnOptions, learnParts } from './learn-parts'
import { inOrder, orderByDemand, orderByPopularity } from './order-by-popularity'
import { partFiles } from './part-files'
import type { Progress } from './progress'

/** The list of learned parts, which may be added later too, takes the rest of the core's 200,000 bytes. */
const HEAD_BYTES = 196_000

export type GivenEstimates = {
  readonly document: EstimatesDocument
  /** ms since 1970. */
  readonly now: number
  /** How far the pack before had moved the ranker's prior; see `offsetOf`. */
  readonly kept: ReadonlyMap<string, number>
}

export type MakePackOptions = Pick<BuildPackOptions, 'vectors' | 'fine' | 'thumbnails'> &
  LearnOptions & {
    /** What the names of its files begin with. */
    readonly name: string
    /** What visitors did with the entries: rows of the log are places in their list. Without it they stay in their order and nothing is learned. */
    readonly log?: InteractionLog | undefined
    /** Whose vectors it holds; default the site's own where there are some, else the encoder's. */
    readonly vectorsOf?: VectorsOf | undefined
    /** What visitors' reports came to; see `learnFromEstimates`. */
    readonly estimates?: GivenEstimates | undefined
    /** Whom the support counts in it; default visitors. */
    readonly countedBy?: CountedBy | undefined
    readonly models: ModelChoice
    readonly locale?: string | undefined
  }

/** A pack that was made, not written yet. */
export type MadePack = {
  readonly core: Uint8Array<ArrayBuffer>
  /** Tails and parts, to be put beside it. */
  readonly files: readonly NamedBytes[]
  readonly opened: PackCore
  /** From orders. */
  readonly learned: Learned
  /** What was taken from estimates, where there were some. */
  readonly heard?: Heard | undefined
  /** Whose vectors it holds, and how well each kind did where they were compared. */
  readonly vectors: Pick<ChosenVectors, 'kinds' | 'trials'>
}

/**
 * Makes a whole pack: items in order of popularity, their vectors, and what was learned from a log.
 * @param entries each of them an item, no id twice.
 * @throws SottoError as `buildPack` does.
 */
export async function makePack(entries: readonly unknown[], options: MakePackOptions, progress: Progress): Promise<MadePack> {
  const { log, estimates, vectors, thumbnails, fine = false, name, locale, support, countedBy = 'visitors' } = options
  const { vectorsOf = vectors ? 'site' : 'encoder' } = options
  progress.begin('making vectors', 1)
  const intake = createItemIntake()
  intake.add(entries)
  const heard = estimates && learnFromEstimates(intake.items, estimates.document, { log, support, now: estimates.now })
  const order = heard ? orderByDemand(heard.demand.values) : log ? orderByPopularity(log, support) : Int32Array.from(entries.keys())
  const made = await itemVectors(intake.items, { kind: vectorsOf, own: vectors, log, support })
  const built = buildPack(
    Array.from(order, (row) => entries[row]),
    {
      vectors: inPlaces(made.vectors, order),
      ...(thumbnails && { thumbnails }),
      headBytes: HEAD_BYTES,
      fine,
      name,
    },
  )
  progress.end()
  const beside = new Map(built.parts.map((tail) => [tail.name, tail.bytes]))
  const readBeside = async (file: string) => beside.get(file)! // the core names what was built with it
  const learned: Learned = log
    ? await learnParts(
        await openPack(built.core, readBeside),
        inOrder(log, order),
        options.models,
        { ...options, moves: estimates && heard && proposedMoves(heard, estimates.kept) },
        progress,
      )
    : { parts: [], without: [] }
  const parts = partFiles(name, heard ? liftParts(learned.parts, heard.lift(order)) : learned.parts)
  const core = withMetadata(built.core, {
    vectors_of: made.kinds.join('+'),
    ...(locale && { locale }),
    ...(log && { support: String(support), support_counts: countedBy }),
    ...((log || parts.length > 0) && { parts: JSON.stringify(parts.map(({ announced }) => announced)) }),
    ...(heard && { estimates: heardFrom(heard) }),
  })
  return { core, files: [...built.parts, ...parts], opened: (await openPack(core, readBeside)).core, learned, heard, vectors: made }
}

/** Of what the order and the parts rest on, beside orders: what was asked, and in how many reports. */
function heardFrom({ demand: { taken } }: Heard): string {
  return taken.map(({ title, reports }) => `${title}: ${reports} reports`).join('; ') || 'nothing'
}

function inPlaces({ values, dim }: NonNullable<BuildPackOptions['vectors']>, order: Int32Array): { values: Float32Array; dim: number } {
  const moved = new Float32Array(values.length)
  for (const [place, row] of order.entries()) moved.set(values.subarray(row * dim, (row + 1) * dim), place * dim)
  return { values: moved, dim }
}
