import { LEVEL_BYTES } from './layout'

/*
 * Integer dot products of 16 values at a time, added up in four int32 lanes whose sum is what counts. The one place where the two binaries
 * differ.
 *
 * Relaxed SIMD: `i32x4.relaxed_dot_i8x16_i7x16_add_s` takes a signed and a 7-bit operand; only with the second in 0..127 do all processors
 * agree. So levels of -63..63 are stored with 64 added, and 64 times the sum of the row is subtracted at the end.
 *
 * Plain SIMD: rows are widened to int16, and levels are int16 as well, as fine as int32 sums allow.
 */

/** Added to every level that is stored. */
export const OFFSET: i32 = ASC_FEATURE_RELAXED_SIMD ? 64 : 0

/** Levels run from -maxLevel to it. With rows of -128..127 no sum of `padded` products leaves int32, for up to 2^17 dimensions. */
export function maxLevel(padded: i32): i32 {
  return ASC_FEATURE_RELAXED_SIMD ? 63 : min(32767, 0x7fffffff / (padded << 7))
}

/** The first 8 of 16 values of a row, or all of them where they fit in one vector. */
export function loadRow(at: usize): v128 {
  return LEVEL_BYTES === 1 ? v128.load(at) : v128.load_ext<i8>(at)
}

/** The other 8; nothing new where all are in one vector. */
export function loadRowRest(at: usize, row: v128): v128 {
  return LEVEL_BYTES === 1 ? row : v128.load_ext<i8>(at, 8)
}

/** The same for the 16 values after those at an address: their distance is part of the instruction. */
export function loadNextRow(at: usize): v128 {
  return LEVEL_BYTES === 1 ? v128.load(at, 16) : v128.load_ext<i8>(at, 16)
}

export function loadNextRowRest(at: usize, row: v128): v128 {
  return LEVEL_BYTES === 1 ? row : v128.load_ext<i8>(at, 24)
}

/** Adds the products of 16 values of a row and the 16 levels at an address to `sum`. */
export function addDot(sum: v128, row: v128, rest: v128, levels: v128, levelsRest: v128): v128 {
  if (LEVEL_BYTES === 1) return i32x4.relaxed_dot_i8x16_i7x16_add_s(row, levels, sum)
  return i32x4.add(i32x4.add(sum, i32x4.dot_i16x8_s(row, levels)), i32x4.dot_i16x8_s(rest, levelsRest))
}

/**
 * Whether this processor computes the relaxed instruction as it is needed here, where the specification leaves a choice: the second operand
 * taken as signed or not, sums of two products cut to int16 or not.
 */
export function agrees(): bool {
  const row = i8x16(-128, -128, 127, 127, -128, 127, 0, -1, -128, -128, 127, 127, -128, 127, 0, -1)
  const levels = i8x16(127, 127, 127, 127, 1, 127, 127, 127, 127, 127, 127, 127, 1, 127, 127, 127)
  const expected = i32x4(-253, 15875, -253, 15875)
  return LEVEL_BYTES === 2 || i32x4.all_true(i32x4.eq(addDot(i32x4.splat(1), row, row, levels, levels), expected))
}

/** One lane for each of four sums: the sum of its lanes. */
export function sumLanes(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = i32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7))
  const cd = i32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7))
  return i32x4.add(v128.shuffle<i64>(ab, cd, 0, 2), v128.shuffle<i64>(ab, cd, 1, 3))
}
