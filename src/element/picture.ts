import type { RecommendedItem } from '../shared/recommendation'
import { safeUrl } from './safe-url'

/** A picture's address; `release` gives the memory of a `blob:` URL back and is called once, when the picture is gone. */
export type Picture = { readonly url: string; release(): void }

// All inert in an <img>, an SVG too: it runs no script and loads nothing there.
const THUMBNAIL_TYPE = /^image\/(png|jpeg|webp|avif|svg\+xml)$/

/**
 * Chooses the picture of a result: its thumbnail, else its image URL.
 *
 * A result with a thumbnail never asks a server for its image, not even when the thumbnail's type is not one of png, jpeg, webp, avif and
 * svg+xml: what is asked for would say what was recommended.
 *
 * @param base what relative image URLs start from.
 * @returns `undefined` where there is no picture, or none that is safe. Creates a `blob:` URL for a thumbnail.
 */
export function choosePicture({ thumbnail, item }: RecommendedItem, base: string): Picture | undefined {
  if (thumbnail) {
    if (!THUMBNAIL_TYPE.test(thumbnail.type)) return undefined
    // The cast says that the bytes are not shared between threads: they came by postMessage.
    const url = URL.createObjectURL(new Blob([thumbnail.bytes as Uint8Array<ArrayBuffer>], { type: thumbnail.type }))
    return { url, release: () => URL.revokeObjectURL(url) }
  }
  const url = safeUrl(item.image, base)
  return url ? { url, release() {} } : undefined
}
