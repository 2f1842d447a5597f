import type { RecommendedItem } from '../shared/recommendation'
import { safeUrl } from './safe-url'

// No SVG: inert in an <img>, but its blob opened in a tab of its own would run its scripts as the shop's.
const THUMBNAIL_TYPE = /^image\/(png|jpeg|webp|avif)$/

/**
 * Chooses the picture of a result: its thumbnail, else its image URL.
 *
 * A result with a thumbnail never asks a server for its image, not even when the thumbnail's type is not one of png, jpeg, webp and
 * avif: what is asked for would say what was recommended.
 *
 * @param base what relative image URLs start from.
 * @returns `undefined` where there is no picture, or none that is safe. For a thumbnail it is a new `blob:` URL: give it to
 *          `URL.revokeObjectURL` when the picture is gone (other URLs may be given to it too, that does nothing).
 */
export function choosePicture({ thumbnail, item }: RecommendedItem, base: string): string | undefined {
  if (!thumbnail) return safeUrl(item.image, base)
  const { type, bytes } = thumbnail
  // The cast says that the bytes are not shared between threads: they came by postMessage.
  return THUMBNAIL_TYPE.test(type) ? URL.createObjectURL(new Blob([bytes as Uint8Array<ArrayBuffer>], { type })) : undefined
}
