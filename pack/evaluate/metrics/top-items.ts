/**
 * The items of the highest scores above 0, best first; of equal ones the lower row first. Fewer than `count` where no more have a score.
 * @param scores [itemCount]; what is 0 or below is not listed.
 */
export function topItems(scores: Float32Array, count: number): Int32Array {
  const items = new Int32Array(count)
  const best = new Float32Array(count)
  let length = 0
  for (let item = 0; item < scores.length; item++) {
    const score = scores[item]!
    if (!(score > 0) || (length === count && score <= best[length - 1]!)) continue
    let place = length < count ? length++ : count - 1
    for (; place > 0 && best[place - 1]! < score; place--) {
      best[place] = best[place - 1]!
      items[place] = items[place - 1]!
    }
    best[place] = score
    items[place] = item
  }
  return items.subarray(0, length)
}
