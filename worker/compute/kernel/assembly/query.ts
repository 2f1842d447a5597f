import { clearKeys, replaceWorst, sortKeys, worstScore } from './best-keys'
import { maxLevel, OFFSET } from './dot'
import { dim, ERROR, FLOOR, HEAP, LEVEL_BLOCK, LEVEL_BYTES, levelsOf, padded, STEP, slotOf, thresholdOf, valuesOf } from './layout'
import { maxExcess, maxNorm } from './prepare'

/** Places for keys of each query of this pass. */
let k: i32 = 0

/**
 * Makes the query that lies in a slot ready to be scanned for: rounds it to whole levels, empties its list of the best `wanted`, and
 * notes by how much its rounded score may lie below the exact one.
 *
 * The error. Let q be the query, s the step between levels, l its levels, r = q - s l what rounding left, v a row with scale c, and M the
 * largest c |v|. The exact score is c (q . v) = s c (l . v) + c (r . v), and by Cauchy and Schwarz the last is at most |r| M. In float32
 * `c (l . v)` is off by two roundings, the threshold it is compared with by a third, the float64 sum of the exact score by far less than
 * a fourth: together no more than 4 half-ulps, 2^-22, of s c |l . v| <= (|q| + |r|) M. A row sum that was cut to int16 (relaxed SIMD)
 * adds 32 s times what was cut off, times c. So a row whose rounded score lies more than
 *   (|r| + 2^-22 (|q| + |r|)) M + 32 s maxExcess
 * below the k-th best exact score cannot be among the best k: it is passed over, and every other row is scored exactly.
 */
export function begin(index: i32, wanted: i32, heaps: usize): void {
  k = wanted
  const slot = slotOf(index)
  const query = valuesOf(slot)
  const levels = levelsOf(index)
  let largest: f64 = 0
  let squares: f64 = 0
  for (let j: usize = 0; j < usize(dim); j++) {
    const value = f64(load<f32>(query + 4 * j))
    largest = max(largest, abs(value))
    squares += value * value
  }
  const range = f64(maxLevel(padded))
  const step = largest > 0 ? largest / range : 1
  let rest: f64 = 0
  for (let j: usize = 0; j < usize(padded); j++) {
    let stored = 0
    if (j < usize(dim)) {
      const value = f64(load<f32>(query + 4 * j))
      const level = nearest(value / step)
      const left = value - level * step
      rest += left * left
      stored = i32(level) + OFFSET
    }
    const at = levels + (j >> 4) * (4 * LEVEL_BLOCK) + (j & 15) * LEVEL_BYTES
    if (LEVEL_BYTES === 1) store<i8>(at, i8(stored))
    else store<i16>(at, i16(stored))
  }
  const left = sqrt(rest)
  const error = (left + (sqrt(squares) + left) * SLACK) * maxNorm + f64(OFFSET) * step * maxExcess
  const heap = heaps + usize(index) * (usize(k) << 3)
  store<f64>(slot, step, STEP)
  store<f64>(slot, error * (1 + SLACK), ERROR)
  store<usize>(slot, heap, HEAP)
  clearKeys(heap, k)
  lower(index, slot, heap)
}

/** 2^-22 */
const SLACK: f64 = 1 / 4194304
/** Beyond it float32 rounds by a fixed amount, not by a share of the value. */
const TINY: f64 = 1e-42

/** Offers an item, in the order of items: one that only equals the floor stands behind what is kept. */
export function offer(query: i32, index: i32, score: f32): void {
  const slot = slotOf(query)
  if (!(score > load<f32>(slot, FLOOR))) return
  const heap = load<usize>(slot, HEAP)
  replaceWorst(heap, k, index, score)
  lower(query, slot, heap)
}

/** Sorts the best of a query, for the caller to read at the place of its keys. */
export function finish(index: i32): void {
  sortKeys(load<usize>(slotOf(index), HEAP), k)
}

/** Sets floor and threshold by the worst item kept. */
function lower(query: i32, slot: usize, heap: usize): void {
  const floor = worstScore(heap)
  store<f32>(slot, floor, FLOOR)
  store<f32>(thresholdOf(query), f32((f64(floor) - load<f64>(slot, ERROR)) / load<f64>(slot, STEP) - TINY))
}
