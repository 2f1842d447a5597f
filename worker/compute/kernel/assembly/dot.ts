/*
 * Integer dot products of 32 values at a time, added up in four int32 lanes whose sum is what counts. The one place where the two binaries
 * differ.
 *
 * Relaxed SIMD: `i16x8.relaxed_dot_i8x16_i7x16_s` takes a signed and a 7-bit operand; only with the second in 0..127 do all processors agree.
 * Levels of -31..31 are stored with 32 added, and 32 times the sum of the row is subtracted at the end: six bits, so that two sums of two
 * products, at most 2 * 2 * 128 * 63, fit in int16 and are widened as one.
 *
 * Plain SIMD: rows are widened to int16, and levels are int16 as well, as fine as int32 sums allow.
 */

/** Added to every level that is stored: 1 shifted by so much, or nothing. */
export const OFFSET_BITS: i32 = 5
export const OFFSET: i32 = ASC_FEATURE_RELAXED_SIMD ? 1 << OFFSET_BITS : 0

/** Levels run from -maxLevel to it. With rows of -128..127 no sum of `padded` products leaves int32, for up to 2^17 dimensions. */
export function maxLevel(padded: i32): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? OFFSET - 1 : min(32767, 0x7fffffff / (padded << 7))
}

/** Relaxed SIMD: adds the products of 2 * 16 values of a row and 2 * 16 levels to `sum`. */
export function addPair(sum: v128, row: v128, nextRow: v128, levels: v128, nextLevels: v128): v128 {
  const products = i16x8.add(i16x8.relaxed_dot_i8x16_i7x16_s(row, levels), i16x8.relaxed_dot_i8x16_i7x16_s(nextRow, nextLevels))
  return i32x4.add(sum, i32x4.extadd_pairwise_i16x8_s(products))
}

/** Plain SIMD: adds the products of 16 values of a row, widened, and the 16 levels at an address to `sum`. */
export function addDot(sum: v128, row: v128, rest: v128, levels: usize): v128 {
  return i32x4.add(i32x4.add(sum, i32x4.dot_i16x8_s(row, v128.load(levels))), i32x4.dot_i16x8_s(rest, v128.load(levels, 16)))
}

/**
 * Whether this processor computes the relaxed instruction as it is needed here, where the specification leaves a choice: the second operand
 * taken as signed or not, sums of two products cut to int16 or not.
 */
export function agrees(): bool {
  if (!ASC_FEATURE_RELAXED_SIMD) return true
  const row = i8x16(-128, -128, 127, 127, -128, 127, 0, -1, -128, -128, 127, 127, -128, 127, 0, -1)
  const levels = i8x16(63, 63, 63, 63, 1, 63, 63, 63, 63, 63, 63, 63, 1, 63, 63, 63)
  return i32x4.all_true(i32x4.eq(addPair(i32x4.splat(1), row, row, levels, levels), i32x4(-251, 15621, -251, 15621)))
}

/** One lane for each of four sums: the sum of its lanes. */
export function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3))
}
