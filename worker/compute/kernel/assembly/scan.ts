import { addDot, addPair, OFFSET, OFFSET_BITS, sumLanes } from './dot'
import { exactScore } from './exact'
import { dim, LEVEL_BLOCK, levelsOf, mask, padded, scales, slotOf, sums, thresholdOf, valuesOf } from './layout'
import { offer } from './query'

/** Rows that stay in the first-level cache while query after query goes over them. */
const BLOCK_BYTES: i32 = 8192

/**
 * Scans the rows from `from` (a multiple of 4) to `to` for the first `queryCount` queries. Bit 0 of the mask is row `from`; a set bit leaves
 * the row out. Reads up to three rows and 32 bytes beyond the last row, whatever lies there.
 */
export function scan(queryCount: i32, from: i32, to: i32): void {
  const blockRows = max(4, (BLOCK_BYTES / dim) & ~3)
  for (let start = from; start < to; start += blockRows) {
    const end = min(to, start + blockRows)
    let query = 0
    for (; query + 4 <= queryCount; query += 4) scanForFour(query, from, start, end)
    for (; query < queryCount; query++) scanForOne(query, from, start, end)
  }
}

/** Four rows at a time. */
function scanForOne(query: i32, first: i32, start: i32, end: i32): void {
  const stride = usize(dim)
  const levels = levelsOf(query)
  const threshold = thresholdOf(query)
  for (let row = start; row < end; row += 4) {
    const begin = usize(row) * stride
    const close = begin + usize(padded)
    let level = levels
    let a = i32x4.splat(0)
    let b = a
    let c = a
    let d = a
    if (ASC_FEATURE_RELAXED_SIMD) {
      for (let at = begin; at < close; at += 32) {
        const now = v128.load(level)
        const next = v128.load(level, 4 * LEVEL_BLOCK)
        a = addPair(a, v128.load(at), v128.load(at, 16), now, next)
        b = addPair(b, v128.load(at + stride), v128.load(at + stride, 16), now, next)
        c = addPair(c, v128.load(at + 2 * stride), v128.load(at + 2 * stride, 16), now, next)
        d = addPair(d, v128.load(at + 3 * stride), v128.load(at + 3 * stride, 16), now, next)
        level += 8 * LEVEL_BLOCK
      }
    } else {
      for (let at = begin; at < close; at += 16) {
        a = addDot(a, v128.load_ext<i8>(at), v128.load_ext<i8>(at, 8), level)
        b = addDot(b, v128.load_ext<i8>(at + stride), v128.load_ext<i8>(at + stride, 8), level)
        c = addDot(c, v128.load_ext<i8>(at + 2 * stride), v128.load_ext<i8>(at + 2 * stride, 8), level)
        d = addDot(d, v128.load_ext<i8>(at + 3 * stride), v128.load_ext<i8>(at + 3 * stride, 8), level)
        level += 4 * LEVEL_BLOCK
      }
    }
    let sum = sumLanes(a, b, c, d)
    if (OFFSET) sum = i32x4.sub(sum, i32x4.shl(v128.load_ext<i16>(sums + 2 * usize(row)), OFFSET_BITS))
    const rounded = f32x4.mul(f32x4.convert_i32x4_s(sum), v128.load(scales + 4 * usize(row)))
    // Not below, rather than above: beyond float32 both sides are infinite, and then nothing is ruled out.
    const open = i32x4.bitmask(f32x4.ge(rounded, v128.load32_splat(threshold)))
    if (open) settle(open, query, row, end, first, 0)
  }
}

/** Two rows at a time: each value that was loaded meets four queries, and each level two rows. */
function scanForFour(query: i32, first: i32, start: i32, end: i32): void {
  const stride = usize(dim)
  const levels = levelsOf(query)
  const thresholds = thresholdOf(query)
  for (let row = start; row < end; row += 2) {
    const begin = usize(row) * stride
    const close = begin + usize(padded)
    let level = levels
    let a = i32x4.splat(0)
    let b = a
    let c = a
    let d = a
    let e = a
    let f = a
    let g = a
    let h = a
    if (ASC_FEATURE_RELAXED_SIMD) {
      for (let at = begin; at < close; at += 32) {
        const here = v128.load(at)
        const there = v128.load(at, 16)
        const below = v128.load(at + stride)
        const across = v128.load(at + stride, 16)
        let now = v128.load(level)
        let next = v128.load(level, 4 * LEVEL_BLOCK)
        a = addPair(a, here, there, now, next)
        e = addPair(e, below, across, now, next)
        now = v128.load(level, LEVEL_BLOCK)
        next = v128.load(level, 5 * LEVEL_BLOCK)
        b = addPair(b, here, there, now, next)
        f = addPair(f, below, across, now, next)
        now = v128.load(level, 2 * LEVEL_BLOCK)
        next = v128.load(level, 6 * LEVEL_BLOCK)
        c = addPair(c, here, there, now, next)
        g = addPair(g, below, across, now, next)
        now = v128.load(level, 3 * LEVEL_BLOCK)
        next = v128.load(level, 7 * LEVEL_BLOCK)
        d = addPair(d, here, there, now, next)
        h = addPair(h, below, across, now, next)
        level += 8 * LEVEL_BLOCK
      }
    } else {
      for (let at = begin; at < close; at += 16) {
        const here = v128.load_ext<i8>(at)
        const there = v128.load_ext<i8>(at, 8)
        const below = v128.load_ext<i8>(at + stride)
        const across = v128.load_ext<i8>(at + stride, 8)
        a = addDot(a, here, there, level)
        e = addDot(e, below, across, level)
        b = addDot(b, here, there, level + LEVEL_BLOCK)
        f = addDot(f, below, across, level + LEVEL_BLOCK)
        c = addDot(c, here, there, level + 2 * LEVEL_BLOCK)
        g = addDot(g, below, across, level + 2 * LEVEL_BLOCK)
        d = addDot(d, here, there, level + 3 * LEVEL_BLOCK)
        h = addDot(h, below, across, level + 3 * LEVEL_BLOCK)
        level += 4 * LEVEL_BLOCK
      }
    }
    const open = openFor(thresholds, row, sumLanes(a, b, c, d)) | (openFor(thresholds, row + 1, sumLanes(e, f, g, h)) << 4)
    if (open) settle(open, query, row, end, first, 2)
  }
}

/** For which of four queries a row is not ruled out. */
function openFor(thresholds: usize, row: i32, dots: v128): i32 {
  let levels = dots
  if (OFFSET) levels = i32x4.sub(levels, i32x4.splat(i32(load<i16>(sums + 2 * usize(row))) << OFFSET_BITS))
  return i32x4.bitmask(
    f32x4.ge(f32x4.mul(f32x4.convert_i32x4_s(levels), v128.load32_splat(scales + 4 * usize(row))), v128.load(thresholds)),
  )
}

/**
 * Scores exactly what `open` has a bit for, unless it is masked, and offers it. The lowest `shift` bits of a bit's place are the query,
 * counted from `query`, the others the row, counted from `row`; from `end` on there is none.
 */
function settle(open: i32, query: i32, row: i32, end: i32, first: i32, shift: i32): void {
  for (let lane = 0; open >> lane; lane++) {
    const asked = query + (lane & ((1 << shift) - 1))
    const at = row + (lane >> shift)
    const place = at - first
    if (!((open >> lane) & 1) || at >= end) continue
    if ((load<u8>(mask + usize(place >> 3)) >> u8(place & 7)) & 1) continue
    offer(asked, at, exactOf(asked, at))
  }
}

/** Puts in the place of each of `count` int32 row numbers the row's exact score for the first query, as float32. */
export function scoreRows(at: usize, count: i32): void {
  const end = at + 4 * usize(count)
  for (; at < end; at += 4) store<f32>(at, exactOf(0, load<i32>(at)))
}

function exactOf(query: i32, row: i32): f32 {
  return exactScore(valuesOf(slotOf(query)), usize(row) * usize(dim), dim, load<f32>(scales + 4 * usize(row)))
}
