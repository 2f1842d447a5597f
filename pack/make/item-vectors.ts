import { SottoError } from '../../src/shared/errors'
import type { Item } from '../../src/shared/items'
import { VECTOR_DIMS } from '../../src/shared/limits'
import { itemVector } from '../../worker/catalog/item-vector'
import { openVectorModel } from '../../worker/models/vector-model'
import { encoderFromDisk } from '../encoder-from-disk'
import { type ChosenVectors, chooseVectors, type VectorKind } from '../learn/choose-vectors'
import type { InteractionLog } from '../learn/interaction-log'
import { latentTerms } from '../learn/latent-terms'
import { type ItemVectors, latentVectors } from '../learn/latent-vectors'
import { mixVectors } from '../learn/mix-vectors'
import { termSettings } from '../learn/terms'
import { itemText } from '../read/item-text'

/** Whose vectors a pack holds: `auto` is what the log says, `mixed` all there are side by side. */
export const VECTORS_OF = ['auto', 'encoder', 'terms', 'site', 'mixed'] as const
export type VectorsOf = (typeof VECTORS_OF)[number]

/** Others than the usual vectors take text search away, or what the site asked for: they must be better by this share. */
const CLEARLY = 0.1
/** About as much to download as the encoder's. */
const TERM_DIMS = 96
/** Any will do; the same one gives the same pack. */
const SEED = 1

/** @throws SottoError `invalid-argument` for what is none of `VECTORS_OF`, or `site` where the site has none. */
export function chooseKind(name: string | undefined, hasOwn: boolean): VectorsOf {
  const kind = name === undefined ? (hasOwn ? 'site' : 'auto') : VECTORS_OF.find((one) => one === name)
  if (!kind) throw new SottoError('invalid-argument', `vectors of "${name}", expected ${VECTORS_OF.join(', ')}`)
  if (kind === 'site' && !hasOwn) throw new SottoError('invalid-argument', "vectors of the site's own were asked for, and none are given")
  return kind
}

type ItemVectorsOptions = {
  readonly kind: VectorsOf
  /** The site's own, [items, dim] row-major, any scale. */
  readonly own?: ItemVectors | undefined
  /** Its rows are the items. Without it `auto` is the usual kind: the site's own, or else the encoder's. */
  readonly log?: InteractionLog | undefined
  readonly support: number
}

/**
 * The vectors of a pack's items: of the text encoder, of the words that the items share (latent terms), the site's own, or several side by side.
 * `auto` asks each, and every mixture, what the visitors of the log chose next, and keeps the usual kind unless another is better by a tenth.
 * Text search works with the encoder's alone; others never have as many dimensions as these.
 * @throws SottoError `encoder-failed`
 */
export async function itemVectors(items: readonly Item[], { kind, own, log, support }: ItemVectorsOptions): Promise<ChosenVectors> {
  const encoder = async () => ({ name: 'encoder', vectors: await encoderVectors(items) })
  const terms = async () => ({ name: 'terms', vectors: termVectors(items) })
  const site = own && { name: 'site', vectors: own }
  const only = ({ name, vectors }: VectorKind): ChosenVectors => ({ kinds: [name], vectors, trials: [] })
  if (kind === 'encoder') return only(await encoder())
  if (kind === 'terms') return only(await terms())
  if (kind === 'site' && site) return only(site)
  const usual = site ?? (await encoder())
  if (kind === 'auto' && !log) return only(usual)
  const others = [...(site && kind === 'auto' ? [await encoder()] : []), await terms()].filter(({ vectors }) => vectors.dim > 0)
  const chosen =
    kind === 'auto' && log
      ? await chooseVectors({ log, support, seed: SEED }, [usual, ...others], { open: openVectorModel, clearly: CLEARLY })
      : allOf([usual, ...others])
  return chosen.kinds.length > 1 && chosen.vectors.dim === VECTOR_DIMS ? { ...chosen, vectors: wider(chosen.vectors) } : chosen
}

function allOf(kinds: readonly VectorKind[]): ChosenVectors {
  const vectors = mixVectors(kinds.map(({ vectors }) => ({ vectors, weight: 1 })))
  return { kinds: kinds.map(({ name }) => name), vectors, trials: [] }
}

async function encoderVectors(items: readonly Item[]): Promise<ItemVectors> {
  const encoder = await encoderFromDisk()
  const { dim } = encoder
  const values = new Float32Array(items.length * dim)
  for (const [row, item] of items.entries()) values.set(itemVector(encoder, item), row * dim)
  return { values, dim }
}

function termVectors(items: readonly Item[]): ItemVectors {
  const choice = { ...termSettings({}), spectrum: 0, ...latentTerms.choices[0], dim: TERM_DIMS }
  return latentVectors(items.map(itemText), choice, SEED)
}

/** The same with a dimension of zeros. */
function wider({ values, dim }: ItemVectors): ItemVectors {
  const out = new Float32Array((values.length / dim) * (dim + 1))
  for (let row = 0; row * dim < values.length; row++) out.set(values.subarray(row * dim, (row + 1) * dim), row * (dim + 1))
  return { values: out, dim: dim + 1 }
}
