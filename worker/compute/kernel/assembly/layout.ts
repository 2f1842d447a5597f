/*
 * Where an instance finds things in its memory, which `matrix-memory.ts` lays out:
 *
 *   0            vectors     int8    [capacity, dim]
 *   scales       scales      float32 [capacity]
 *   sums         row sums    int16   [capacity], written by `prepare`
 *   mask         bitset of the rows of one window
 *   thresholds   float32 [8], one for each query of a pass
 *   levels       the queries rounded to int8 or int16, four interleaved: 16 values of the first, 16 of the second, ...
 *   slots        [8], one for each query, `SLOT_HEAD` bytes and the query as it was given: float32 [padded]
 *   heaps        the best keys of each query, to the end of the memory
 */
export let dim: i32 = 0
/** `dim` rounded up to a multiple of 32: as many values are multiplied in one turn. */
export let padded: i32 = 0
export let scales: usize = 0
export let sums: usize = 0
export let mask: usize = 0
let thresholds: usize = 0
let levels: usize = 0
let slots: usize = 0

/** In a slot: the step between levels (f64), the error bound (f64), the floor (f32), the address of its keys (i32), 8 bytes of nothing. */
export const STEP: usize = 0
export const ERROR: usize = 8
export const FLOOR: usize = 16
export const HEAP: usize = 20
const SLOT_HEAD: usize = 32

/** Bytes of a level: int8 for relaxed SIMD, int16 else. */
export const LEVEL_BYTES: usize = ASC_FEATURE_RELAXED_SIMD ? 1 : 2
/** Levels of 16 values. */
export const LEVEL_BLOCK: usize = 16 * LEVEL_BYTES

/** Called once, before anything else. */
export function init(dimension: i32, scalesAt: usize, sumsAt: usize, maskAt: usize, thresholdsAt: usize): void {
  dim = dimension
  padded = (dimension + 31) & ~31
  scales = scalesAt
  sums = sumsAt
  mask = maskAt
  thresholds = thresholdsAt
  levels = thresholdsAt + 32
  slots = levels + 16 * usize(padded)
}

export function thresholdOf(query: i32): usize {
  return thresholds + (usize(query) << 2)
}

/** Where the levels of a query begin; its next 16 lie `4 * LEVEL_BLOCK` further. */
export function levelsOf(query: i32): usize {
  return levels + usize(query >> 2) * (4 * LEVEL_BYTES * usize(padded)) + usize(query & 3) * LEVEL_BLOCK
}

export function slotOf(query: i32): usize {
  return slots + usize(query) * (SLOT_HEAD + 4 * usize(padded))
}

/** The query of a slot. */
export function valuesOf(slot: usize): usize {
  return slot + SLOT_HEAD
}
