/**
 * Adds up what goes with one item, as `PairTally` does, and remembers what each visitor put in, so that none of them makes up more of a sum than
 * their share. Visitors must come one after the other.
 */
export class ShareTally {
  private readonly touched: Int32Array
  private size = 0
  /** [itemCount] the latest entry of each item, -1 where there is none. */
  private readonly latest: Int32Array
  /** Entries, one for each item and visitor: the entry before of the same item, whose it is, what was put in. */
  private before = new Int32Array(1024)
  private visitors = new Int32Array(1024)
  private amounts = new Float64Array(1024)
  private entries = 0

  constructor(itemCount: number) {
    this.touched = new Int32Array(itemCount)
    this.latest = new Int32Array(itemCount).fill(-1)
  }

  add(item: number, amount: number, visitor: number): void {
    const entry = this.latest[item]!
    if (entry >= 0 && this.visitors[entry] === visitor) {
      this.amounts[entry]! += amount
      return
    }
    if (entry < 0) this.touched[this.size++] = item
    if (this.entries === this.amounts.length) this.grow()
    this.before[this.entries] = entry
    this.visitors[this.entries] = visitor
    this.amounts[this.entries] = amount
    this.latest[item] = this.entries++
  }

  /** What was added since the last `clear`, in the order in which it came first. A view. */
  get items(): Int32Array {
    return this.touched.subarray(0, this.size)
  }

  /** The sum of an item, each visitor's amount cut to where it is at most 1 / `support` of it; 0 where there are fewer visitors. */
  sumOf(item: number, support: number): number {
    const amounts: number[] = []
    for (let entry = this.latest[item]!; entry >= 0; entry = this.before[entry]!) amounts.push(this.amounts[entry]!)
    return amounts.length < support ? 0 : fairSum(Float64Array.from(amounts), support)
  }

  clear(): void {
    for (const item of this.items) this.latest[item] = -1
    this.size = 0
    this.entries = 0
  }

  private grow(): void {
    const length = 2 * this.amounts.length
    const longer = <Kind extends Int32Array | Float64Array>(from: Kind, to: Kind) => {
      to.set(from)
      return to
    }
    this.before = longer(this.before, new Int32Array(length))
    this.visitors = longer(this.visitors, new Int32Array(length))
    this.amounts = longer(this.amounts, new Float64Array(length))
  }
}

/**
 * The sum of amounts that are cut at the greatest height at which none of them is more than 1 / `shares` of what is left.
 * @param amounts at least `shares`, which is at least 1; sorted by this call.
 */
function fairSum(amounts: Float64Array, shares: number): number {
  amounts.sort()
  let rest = amounts.reduce((sum, amount) => sum + amount, 0)
  let height = rest / shares
  // So many of the greatest are cut.
  for (let cut = 0; cut + 1 < shares && amounts[amounts.length - 1 - cut]! > height; cut++) {
    rest -= amounts[amounts.length - 1 - cut]!
    height = rest / (shares - cut - 1)
  }
  return height * shares
}
