/**
 * Average-linkage clustering as its definition reads, weighted: at each step the two groups whose members are on average most alike become
 * one, while that average exceeds the threshold. Every average is computed anew from all pairs: slow and obvious.
 * @param vectors of norm 1.
 * @returns groups of indices, each in ascending order, by their least index.
 */
export function referenceClusters(vectors: readonly Float32Array[], weights: readonly number[], threshold: number): readonly number[][] {
  const cosine = (a: number, b: number) => vectors[a]!.reduce((sum, value, j) => sum + value * vectors[b]![j]!, 0)
  const average = (one: readonly number[], other: readonly number[]) => {
    let sum = 0
    let total = 0
    for (const a of one) {
      for (const b of other) {
        sum += weights[a]! * weights[b]! * cosine(a, b)
        total += weights[a]! * weights[b]!
      }
    }
    return sum / total
  }
  let groups = vectors.map((_, index) => [index])
  for (;;) {
    let best: { value: number; one: number[]; other: number[] } | undefined
    for (const [at, one] of groups.entries()) {
      for (const other of groups.slice(at + 1)) {
        const value = average(one, other)
        if (value > (best?.value ?? threshold)) best = { value, one, other }
      }
    }
    if (!best) return groups
    const { one, other } = best
    groups = groups.filter((group) => group !== other).map((group) => (group === one ? [...one, ...other].sort((a, b) => a - b) : group))
  }
}
