/**
 * Adds up what goes with one item: a sum and the number of distinct visitors for each other item, in time and memory for those that occur.
 * Visitors must come one after the other.
 */
export class PairTally {
  /** [itemCount] of the items in `items`; anything elsewhere. */
  readonly sums: Float64Array
  readonly visitors: Int32Array
  private readonly lastVisitor: Int32Array
  private readonly touched: Int32Array
  private size = 0

  constructor(itemCount: number) {
    this.sums = new Float64Array(itemCount)
    this.visitors = new Int32Array(itemCount)
    this.lastVisitor = new Int32Array(itemCount)
    this.touched = new Int32Array(itemCount)
  }

  /** @param visitor 0 or above. */
  add(item: number, amount: number, visitor: number): void {
    if (this.visitors[item] === 0) this.touched[this.size++] = item
    if (this.visitors[item] === 0 || this.lastVisitor[item] !== visitor) {
      this.visitors[item]!++
      this.lastVisitor[item] = visitor
    }
    this.sums[item]! += amount
  }

  /** What was added since the last `clear`, in the order in which it came first. A view. */
  get items(): Int32Array {
    return this.touched.subarray(0, this.size)
  }

  clear(): void {
    for (const item of this.items) {
      this.sums[item] = 0
      this.visitors[item] = 0
    }
    this.size = 0
  }
}
