import { dirname, join } from 'node:path'
import { SottoError } from '../../src/shared/errors'
import type { PartFile } from '../../worker/catalog/pack-format'
import type { Settings } from '../../worker/models/model-part'
import { readPart } from '../../worker/models/read-part'
import { isNothing } from '../make/part-content'
import { openPackFile, readPackFile } from '../read/open-pack'
import type { CountedBy } from '../read/read-orders'
import { metadataOf } from '../write/pack-header'
import { previousPath } from '../write/save-pack'

/** A learned part as it lies beside a pack. */
export type InspectedPart = PartFile & {
  readonly settings?: Settings
  /** Type and shape by name, e.g. `Uint16Array [12101, 20]`. */
  readonly tensors?: Readonly<Record<string, string>>
  /** Whether nothing was learned; tools before wrote such parts. */
  readonly isEmpty?: boolean
  /** Why it cannot be read. */
  readonly problem?: string
}

/** What a pack holds. */
export type Inspection = {
  readonly path: string
  readonly format: string
  readonly items: number
  /** Of these, how many cannot be recommended now. */
  readonly unavailable: number
  readonly coreItems: number
  readonly coreBytes: number
  readonly dim: number
  readonly bits: 8 | 16
  /** Whose the vectors are: `encoder`, `site`, `terms`, several with + between, or `unknown` where the pack does not say. */
  readonly vectorsOf: string
  readonly hasThumbnails: boolean
  readonly tails: number
  readonly tailBytes: number
  readonly parts: readonly InspectedPart[]
  /** Visitors that whatever was learned rests on at least. */
  readonly support?: number
  /** Whom the support counts; of a pack that does not say, visitors. */
  readonly countedBy?: CountedBy
  /** What of visitors' reports its order rests on, in words; absent where none were given. */
  readonly estimates?: string
  readonly locale?: string
  /** Whether there is a pack before to go back to. */
  readonly hasPrevious: boolean
}

/**
 * Reads all of a pack, so that whatever is missing or damaged is named.
 * @throws SottoError `catalog-failed`, `pack-invalid` for core and tails; a part's fault is its `problem`.
 */
export async function inspectPack(path: string): Promise<Inspection> {
  const { core, coreBytes, items, vectors, isFine } = await openPackFile(path)
  const { format = '', vectors_of: vectorsOf = 'unknown', support, support_counts: counts, estimates, locale } = metadataOf(coreBytes)
  const parts: InspectedPart[] = []
  for (const part of core.parts) parts.push(await inspectPart(dirname(path), part))
  const hasPrevious = await readPackFile(previousPath(path)).then(
    () => true,
    () => false,
  )
  return {
    path,
    format,
    items: items.length,
    unavailable: items.filter(({ available }) => available === false).length,
    coreItems: core.head.count,
    coreBytes: coreBytes.length,
    dim: vectors.dim,
    bits: isFine ? 16 : 8,
    vectorsOf,
    hasThumbnails: core.head.hasThumbnails,
    tails: core.tails.length,
    tailBytes: core.tails.reduce((sum, { bytes }) => sum + bytes, 0),
    parts,
    ...(support !== undefined && { support: Number(support), countedBy: counts === 'sessions' ? counts : 'visitors' }),
    ...(estimates !== undefined && { estimates }),
    ...(locale !== undefined && { locale }),
    hasPrevious,
  }
}

async function inspectPart(folder: string, part: PartFile): Promise<InspectedPart> {
  try {
    const bytes = await readPackFile(join(folder, part.file))
    if (bytes.length !== part.bytes) return { ...part, problem: `${part.file} has ${bytes.length} bytes, expected ${part.bytes}` }
    const read = readPart(bytes)
    const { settings, tensors } = read
    const shapes = Object.entries(tensors).map(([name, { data, shape }]) => [name, `${data.constructor.name} [${shape.join(', ')}]`])
    return { ...part, settings, tensors: Object.fromEntries(shapes), isEmpty: isNothing(read) }
  } catch (error) {
    if (error instanceof SottoError) return { ...part, problem: error.message }
    throw error
  }
}
