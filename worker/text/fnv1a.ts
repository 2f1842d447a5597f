const OFFSET_BASIS = 0x811c9dc5
const PRIME = 0x01000193
const REPLACEMENT_CHARACTER = 0xfffd

/**
 * FNV-1a, 32 bits, of the text's UTF-8 bytes (a lone surrogate counts as U+FFFD, as in `TextEncoder`).
 * Encodes by hand: an encoder call for each three-letter piece of a word would cost more than all the rest.
 * @returns unsigned 32-bit integer; 0x811c9dc5 for the empty text.
 * Source: Fowler, Noll, Vo; RFC 9923.
 */
export function fnv1a(text: string): number {
  let hash = OFFSET_BASIS
  const add = (byte: number) => {
    hash = Math.imul(hash ^ byte, PRIME)
  }
  for (let at = 0; at < text.length; at++) {
    let code = text.codePointAt(at)!
    if (code > 0xffff) at++
    if (code >= 0xd800 && code <= 0xdfff) code = REPLACEMENT_CHARACTER
    if (code < 0x80) add(code)
    else {
      if (code < 0x800) add(0xc0 | (code >> 6))
      else {
        if (code < 0x10000) add(0xe0 | (code >> 12))
        else {
          add(0xf0 | (code >> 18))
          add(0x80 | ((code >> 12) & 63))
        }
        add(0x80 | ((code >> 6) & 63))
      }
      add(0x80 | (code & 63))
    }
  }
  return hash >>> 0
}
