import { dim, padded, scales, slotOf, sums } from './layout'

/** The largest norm of a row, its scale included. */
export let maxNorm: f64 = 0
/** By how much a row's sum leaves int16, times its scale: the most of all rows. 0 for any catalog of up to 255 dimensions. */
export let maxExcess: f64 = 0
let prepared: i32 = 0

/** Sums the rows up to `count` that were not summed before, and widens `maxNorm` and `maxExcess` to them. Overwrites the first slot. */
export function prepare(count: i32): void {
  // What follows a row whose length is no multiple of 16 belongs to the next one: multiplied by 0.
  const ones = slotOf(0)
  for (let j = 0; j < padded; j++) store<i16>(ones + 2 * usize(j), i16(j < dim))
  for (; prepared < count; prepared++) {
    const row = usize(prepared) * usize(dim)
    let sum = i32x4.splat(0)
    let squares = i32x4.splat(0)
    for (let j: usize = 0; j < usize(padded); j += 8) {
      const one = v128.load(ones + 2 * j)
      const values = i16x8.mul(v128.load_ext<i8>(row + j), one)
      sum = i32x4.add(sum, i32x4.dot_i16x8_s(values, one))
      squares = i32x4.add(squares, i32x4.dot_i16x8_s(values, values))
    }
    const total = lanes(sum)
    const kept = max(-32768, min(32767, total))
    store<i16>(sums + 2 * usize(prepared), i16(kept))
    const scale = f64(load<f32>(scales + 4 * usize(prepared)))
    maxExcess = max(maxExcess, f64(abs(total - kept)) * scale)
    maxNorm = max(maxNorm, sqrt(f64(lanes(squares))) * scale)
  }
}

function lanes(sum: v128): i32 {
  return i32x4.extract_lane(sum, 0) + i32x4.extract_lane(sum, 1) + i32x4.extract_lane(sum, 2) + i32x4.extract_lane(sum, 3)
}
