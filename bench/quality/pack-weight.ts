import { weigh } from '../../pack/commands/pack-weight'
import type { Dataset } from '../../pack/evaluate/read/dataset'
import { chooseModels } from '../../pack/make/choose-models'
import { makePack } from '../../pack/make/make-pack'
import type { Progress } from '../../pack/make/progress'
import { DEFAULT_SUPPORT } from '../../pack/make/support'

/** A pack of a data set, as `sotto pack` makes it if nothing else is said. */
export type PackFound = {
  readonly support: number
  readonly items: number
  /** Packed by gzip: what a visitor loads before the first shelf, and all there is with tails and learned parts. */
  readonly coreBytes: number
  readonly allBytes: number
  /** Vectors, choosing, learning. */
  readonly ms: number
}

/**
 * Makes a pack of a data set's items and of all that its visitors did, and weighs it.
 * @param clock in ms, monotonic.
 */
export async function packOf(
  { log, texts, itemIds }: Pick<Dataset, 'log' | 'texts' | 'itemIds'>,
  onProgress: (doing: string) => void,
  clock: () => number,
): Promise<PackFound> {
  const entries = itemIds.map((id, row) => {
    const { title = '', attributes = [] } = texts?.[row] ?? {}
    return { id, title: title || id, tags: attributes }
  })
  const startMs = clock()
  const made = await makePack(
    entries,
    { name: 'bench', log, models: chooseModels('default'), support: DEFAULT_SUPPORT },
    progressOf((step) => onProgress(`pack: ${step}`)),
  )
  const ms = clock() - startMs
  const { core, tails, parts } = weigh(made.core, made.opened, made.files)
  const allBytes = parts.reduce((sum, { gzip }) => sum + gzip, core.gzip + tails.gzip)
  return { support: DEFAULT_SUPPORT, items: entries.length, coreBytes: core.gzip, allBytes, ms }
}

function progressOf(onStep: (step: string) => void): Progress {
  return { begin: onStep, advance() {}, reach() {}, end() {} }
}
