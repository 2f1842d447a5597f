import { hash53 } from './hash53'

/** One of a pack's later files, as the core announces it. */
export type TailFile = { readonly file: string; readonly items: number; readonly bytes: number }

/**
 * One of a pack's learned parts, as the core announces it: rows of items are rows of the whole pack, tails included.
 * `model` is one of `MODEL_NAMES`, or one of a later version, to be passed over.
 */
export type PartFile = { readonly model: string; readonly file: string; readonly bytes: number }

/** The name of a pack's later file: a new content is a new name, so caches never serve an old one. */
export function tailName(name: string, bytes: Uint8Array): string {
  return `${name}-${hash53(bytes).toString(16).padStart(14, '0')}.pack`
}
