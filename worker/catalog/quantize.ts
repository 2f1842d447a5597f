const LEVELS = 127

/**
 * Rounds one vector to int8, its largest component to ±127.
 * @param vector [dim], finite, any scale.
 * @param out overwritten from `offset`, dim values; zeros for a zero vector.
 * @returns the factor by which the rounded row has norm 1; 0 for a zero vector. A component is off by at most half a step, 1/254 of the largest.
 */
export function quantize(vector: Float32Array, out: Int8Array, offset: number): number {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  let squares = 0
  for (let at = 0; at < vector.length; at++) {
    const level = largest > 0 ? Math.round((vector[at]! / largest) * LEVELS) : 0
    out[offset + at] = level
    squares += level * level
  }
  return squares > 0 ? 1 / Math.sqrt(squares) : 0
}
