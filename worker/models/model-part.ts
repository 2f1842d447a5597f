/** Every model there is, by family: plain, content, collaborative, sequential, autoencoder; last what ranks by all of them. */
export const MODEL_NAMES = [
  'popularity',
  'lately',
  'terms',
  'latent-terms',
  'embedding',
  'item-neighbours',
  'basket-neighbours',
  'user-neighbours',
  'matrix-factorization',
  'ease',
  'transitions',
  'smoothed-transitions',
  'session-neighbours',
  'session-vectors',
  'repeats',
  'session-linear',
  'gru',
  'caser',
  'sasrec',
  'mult-vae',
  'blend',
] as const
export type ModelName = (typeof MODEL_NAMES)[number]

/** Types that a pack can hold. */
export type PartArray = Int8Array | Uint8Array | Uint16Array | Uint32Array | Float32Array
export type PartTensor = { readonly shape: readonly number[]; readonly data: PartArray }

/** Numbers that a model is learned and run with, by name. */
export type Settings = Readonly<Record<string, number>>

/**
 * What was learned, as it lies in a file of a pack: all that a model is opened from. Rows of items are rows of the pack. Nothing in it rests
 * on fewer visitors than the pack's minimum support.
 */
export type ModelPart = {
  readonly model: ModelName
  readonly settings: Settings
  readonly tensors: Readonly<Record<string, PartTensor>>
}
