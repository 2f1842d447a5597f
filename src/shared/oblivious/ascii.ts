/** The bytes of a text, each character one. @param text of ASCII characters only, as all are that protocols fix. */
export function ascii(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}
