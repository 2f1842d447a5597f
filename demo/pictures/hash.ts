/**
 * A number that is always the same for the same text and scattered between texts (FNV-1a, 32 bit).
 *
 * @returns 0 to 2³² − 1.
 */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  // The low bits of similar texts stay alike without a last mix.
  value ^= value >>> 15
  return Math.imul(value, 0x2c1b3c6d) >>> 0
}
