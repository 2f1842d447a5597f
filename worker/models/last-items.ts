/** The last items of some visits in the form in which networks read them: [visits, length] row-major, ending with the newest. */
export type LastItems = {
  /** 0 where a visit is shorter. */
  readonly items: Int32Array
  /** How many items stand before it in the row: 0, 1, 2, … from the oldest; 0 also where nothing stands. */
  readonly places: Int32Array
  /** 1 where an item stands, else 0. */
  readonly filled: Float32Array
}

/** @param visits items of each, oldest first, as the network numbers them; only the last `length` count. */
export function lastItems(visits: readonly Int32Array[], length: number): LastItems {
  const size = visits.length * length
  const rows = { items: new Int32Array(size), places: new Int32Array(size), filled: new Float32Array(size) }
  visits.forEach((visit, row) => {
    const count = Math.min(length, visit.length)
    const from = (row + 1) * length - count
    rows.items.set(visit.subarray(visit.length - count), from)
    for (let place = 0; place < count; place++) rows.places[from + place] = place
    rows.filled.fill(1, from, from + count)
  })
  return rows
}
