import { hash53 } from './hash53'

/** `major.minor`: readers accept any minor of their major. */
export const PACK_FORMAT = '1.0'

/** One of a pack's later files, as the core announces it. */
export type TailFile = { readonly file: string; readonly items: number; readonly bytes: number }

/** The name of a pack's later file: a new content is a new name, so caches never serve an old one. */
export function tailName(name: string, bytes: Uint8Array): string {
  return `${name}-${hash53(bytes).toString(16).padStart(14, '0')}.pack`
}
