const LEVELS = 127
/** Parts of a step that residuals count in. */
const PARTS = 256

/**
 * Rounds one vector to int8, its largest component to ±127; with residuals, to 16 bits, of which int8 is the upper half.
 * @param vector [dim], finite, any scale.
 * @param out overwritten from `offset`, dim values; zeros for a zero vector.
 * @param residuals as long as `out`, overwritten at the same places: what is left over, -128 to 127 in 1/256 of a step. With them a component
 *   is off by at most 1/512 of a step and not to either side in the mean; `out` alone then by at most 257/512, since a half goes by the 16 bits.
 * @returns the factor by which the rounded row, residuals included, has norm 1; 0 for a zero vector. A component is off by at most half a
 *   step, 1/254 of the largest.
 */
export function quantize(vector: Float32Array, out: Int8Array, offset: number, residuals?: Int8Array): number {
  let largest = 0
  for (const value of vector) largest = Math.max(largest, Math.abs(value))
  const parts = residuals ? PARTS : 1
  let squares = 0
  for (let at = 0; at < vector.length; at++) {
    const fine = largest > 0 ? Math.round((vector[at]! / largest) * LEVELS * parts) : 0
    // A half goes up: so 128 parts do, and what is left over always fits.
    const level = Math.floor(fine / parts + 0.5)
    out[offset + at] = level
    if (residuals) residuals[offset + at] = fine - level * parts
    squares += fine * fine
  }
  return squares > 0 ? parts / Math.sqrt(squares) : 0
}
