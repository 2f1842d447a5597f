import type { TopK } from './vector-index'

/** Keeps the best `capacity` of the items offered: a heap with the worst kept item on top, so that most offers cost one comparison. */
export class TopList {
  /** Full, an item must exceed this (or equal it and stand earlier) to be kept; -Infinity before. */
  floor = Number.NEGATIVE_INFINITY
  private readonly indices: Int32Array
  private readonly scores: Float32Array
  private size = 0

  /** @param capacity at least 0; 0 keeps nothing. */
  constructor(capacity: number) {
    this.indices = new Int32Array(capacity)
    this.scores = new Float32Array(capacity)
  }

  /** Offers one item, at most once each, in any order; of equal scores the lower index wins. `score` is a float32, not NaN. */
  offer(index: number, score: number): void {
    const { size } = this
    if (size < this.scores.length) {
      this.size++
      this.rise(size, index, score)
    } else if (size > 0 && isWorse(this.scores[0]!, this.indices[0]!, score, index)) {
      this.sink(index, score)
    } else return
    if (this.size === this.scores.length) this.floor = this.scores[0]!
  }

  /** What was kept, best first, ties in item order. The list stays as it is. */
  toTopK(): TopK {
    const { indices, scores } = this
    const order = Array.from({ length: this.size }, (_, slot) => slot)
    order.sort((a, b) => scores[b]! - scores[a]! || indices[a]! - indices[b]!)
    return { indices: Int32Array.from(order, (slot) => indices[slot]!), scores: Float32Array.from(order, (slot) => scores[slot]!) }
  }

  private rise(from: number, index: number, score: number): void {
    let slot = from
    while (slot > 0) {
      const parent = (slot - 1) >> 1
      if (isWorse(this.scores[parent]!, this.indices[parent]!, score, index)) break
      this.move(parent, slot)
      slot = parent
    }
    this.put(slot, index, score)
  }

  private sink(index: number, score: number): void {
    const { size, scores, indices } = this
    let slot = 0
    for (;;) {
      let child = 2 * slot + 1
      if (child >= size) break
      const right = child + 1
      if (right < size && isWorse(scores[right]!, indices[right]!, scores[child]!, indices[child]!)) child = right
      if (!isWorse(scores[child]!, indices[child]!, score, index)) break
      this.move(child, slot)
      slot = child
    }
    this.put(slot, index, score)
  }

  private move(from: number, to: number): void {
    this.put(to, this.indices[from]!, this.scores[from]!)
  }

  private put(slot: number, index: number, score: number): void {
    this.indices[slot] = index
    this.scores[slot] = score
  }
}

/** Whether item a ranks behind item b. */
function isWorse(scoreA: number, indexA: number, scoreB: number, indexB: number): boolean {
  return scoreA < scoreB || (scoreA === scoreB && indexA > indexB)
}
