/**
 * The chance of each metric to be asked of a browser in an epoch, where it draws one after another of those that still fit into its budget:
 * exactly, over all sets that may be drawn.
 * @param costs in millionths, at most 16 of them.
 * @param budget millionths.
 * @returns as many, each in [0, 1]; 0 of what never fits.
 */
export function inclusionChances(costs: readonly number[], budget: number): readonly number[] {
  // By set, as the bits of a number: a set is reached only by way of smaller ones, which are smaller numbers.
  const reached = new Float64Array(2 ** costs.length)
  reached[0] = 1
  const chances = costs.map(() => 0)
  for (let set = 0; set < reached.length; set++) {
    const chance = reached[set]! // within its length
    if (chance === 0) continue
    const rest = costs.reduce((left, cost, at) => ((set >> at) & 1 ? left - cost : left), budget)
    const fitting = costs.flatMap((cost, at) => ((set >> at) & 1 || cost > rest ? [] : [at]))
    for (const at of fitting) {
      reached[set + 2 ** at]! += chance / fitting.length
      chances[at]! += chance / fitting.length
    }
  }
  return chances
}
