import { TextDecoder } from 'node:util'

/** What a text turned out to be that is not sound UTF-8 or UTF-16: of one byte a letter, or UTF-8 with letters that are damaged. */
export type OddEncoding = 'windows-1252' | 'damaged UTF-8'

/** Makes text of bytes as they come. */
export interface TextStream {
  /** @param chunk not empty; the next bytes, cut anywhere. */
  add(chunk: Uint8Array): string
  /** What is left when all were added. */
  end(): string
}

const EMPTY = new Uint8Array(0)

/**
 * Decodes UTF-16 by its mark, UTF-8, and what is no UTF-8 as windows-1252, which holds Latin-1. Told by the first piece that is no UTF-8: in a
 * text of Latin-1 hardly any letter beyond ASCII is UTF-8 by chance, in damaged UTF-8 most are; there, damaged letters become U+FFFD.
 * @param onOdd told once, where it is no sound UTF-8.
 */
export function createTextStream(onOdd: (encoding: OddEncoding) => void): TextStream {
  let decoder: TextDecoder | undefined
  let isStrict = false
  /** The beginning of a letter that the piece before was cut in. */
  let held: Uint8Array = EMPTY
  /** Bytes more than signs, which letters of several bytes make. */
  let surplus = 0
  let strict = new TextDecoder('utf-8', { fatal: true })

  function decode(bytes: Uint8Array, isLast: boolean): string {
    const all = held.length > 0 ? Buffer.concat([held, bytes]) : bytes
    const cut = isLast ? all.length : all.length - cutLetter(all)
    held = all.slice(cut)
    const whole = all.subarray(0, cut)
    try {
      const text = strict.decode(whole)
      // A mark of the byte order is none but at the beginning.
      strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
      surplus += whole.length - text.length
      return text
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause
      isStrict = false
      const lossy = new TextDecoder().decode(whole)
      const damaged = lossy.split('\ufffd').length - 1
      const encoding = surplus + whole.length - lossy.length > damaged ? 'utf-8' : 'windows-1252'
      onOdd(encoding === 'utf-8' ? 'damaged UTF-8' : 'windows-1252')
      decoder = new TextDecoder(encoding, { ignoreBOM: true })
      held = EMPTY
      return decoder.decode(all, { stream: !isLast })
    }
  }

  return {
    add(chunk) {
      if (!decoder) {
        const mark = `${chunk[0]?.toString(16)} ${chunk[1]?.toString(16)}`
        isStrict = mark !== 'ff fe' && mark !== 'fe ff'
        decoder = new TextDecoder(isStrict ? 'utf-8' : mark === 'ff fe' ? 'utf-16le' : 'utf-16be')
      }
      return isStrict ? decode(chunk, false) : decoder.decode(chunk, { stream: true })
    },
    end: () => (isStrict ? decode(EMPTY, true) : (decoder?.decode() ?? '')),
  }
}

/** How many bytes at the end begin a letter of UTF-8 that goes on after them. */
function cutLetter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!
    if (byte < 0x80) return 0
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? back : 0
  }
  return 0
}
