/**
 * How rows lie on the device, for both shaders and those who call them. Rows stand in chunks of `CHUNK_ROWS`, one a thread. A chunk is
 * [wordCount, CHUNK_ROWS] words of four int8 values each, lowest byte first, so that threads side by side read words side by side; rows and
 * values beyond the last are zeros.
 */
export const CHUNK_ROWS = 256

/** Words a row takes: four values each. */
export function wordsPerRow(dim: number): number {
  return Math.ceil(dim / 4)
}

/** The four values of word `word: u32`, as a WGSL expression of type `vec4i`. Both shifts together extend the sign. */
export const UNPACK = '((vec4i(i32(word)) << vec4u(24, 16, 8, 0)) >> vec4u(24))'
