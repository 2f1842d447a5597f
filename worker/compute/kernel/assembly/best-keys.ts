/*
 * The best items so far, as keys of 64 bits in a heap with the worst on top. A key orders as items do: a higher score first, of equal
 * scores the lower index. High half: the bits of the score, those of negative ones turned over so that they order as integers; low half:
 * the index, turned over. A heap starts full of keys that stand behind every item, so that there is only one way to add one.
 */

/** Score -Infinity, index -1. */
const NO_KEY: i64 = i64(0x807fffff << 32)

/** Makes `k` places for keys at `heap`. */
export function clearKeys(heap: usize, k: i32): void {
  for (let slot = 0; slot < k; slot++) store<i64>(heap + (usize(slot) << 3), NO_KEY)
}

/** Puts an item in the place of the worst, which it must be better than. */
export function replaceWorst(heap: usize, k: i32, index: i32, score: f32): void {
  const bits = turn(reinterpret<i32>(score))
  sink(heap, k, (i64(bits) << 32) | i64(u32(~index)))
}

/** Score of the worst item kept; -Infinity while fewer than k are. */
export function worstScore(heap: usize): f32 {
  return reinterpret<f32>(turn(load<i32>(heap, 4)))
}

/** Sorts the heap, best first, and turns keys into pairs of index and score, as int32 and float32; index -1 where there is no item. */
export function sortKeys(heap: usize, k: i32): void {
  for (let size = k - 1; size > 0; size--) {
    const last = heap + (usize(size) << 3)
    const key = load<i64>(last)
    store<i64>(last, load<i64>(heap))
    sink(heap, size, key)
  }
  for (let slot = 0; slot < k; slot++) {
    const at = heap + (usize(slot) << 3)
    store<i32>(at, ~load<i32>(at))
    store<i32>(at, turn(load<i32>(at, 4)), 4)
  }
}

/** Lets a key sink from the top to its place among `size`. */
function sink(heap: usize, size: i32, key: i64): void {
  let slot = 0
  for (;;) {
    let child = 2 * slot + 1
    if (child >= size) break
    let at = heap + (usize(child) << 3)
    if (child + 1 < size && load<i64>(at, 8) < load<i64>(at)) {
      child++
      at += 8
    }
    const worse = load<i64>(at)
    if (worse >= key) break
    store<i64>(heap + (usize(slot) << 3), worse)
    slot = child
  }
  store<i64>(heap + (usize(slot) << 3), key)
}

function turn(bits: i32): i32 {
  return bits ^ ((bits >> 31) & 0x7fffffff)
}
