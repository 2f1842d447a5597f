/** How points are to be put into groups. */
export type GroupingTask = {
  /** [count, dim] row-major, finite. */
  readonly points: Float32Array
  readonly dim: number
  /** Wanted, at least 1; fewer come out where points coincide or groups were dropped. */
  readonly groups: number
  /** Points that a group needs, at least 1. */
  readonly least: number
  /** At most so many times means and groups are found anew. */
  readonly rounds: number
  /** Numbers from [0, 1). */
  readonly random: () => number
}

/**
 * K-means (Lloyd 1982) with k-means++ seeding (Arthur and Vassilvitskii, SODA 2007): each point joins the nearest mean, by squared Euclidean
 * distance; of equal ones the first. Groups that end up smaller than `least` are dropped, the smallest first, and their points join the
 * nearest mean that is left.
 * @returns [count] the group of each point, from 0 without gaps; -1 for all where there are fewer points than `least`.
 */
export function kMeans({ points, dim, groups, least, rounds, random }: GroupingTask): Int32Array {
  const count = points.length / dim
  const groupOf = new Int32Array(count).fill(-1)
  if (count < Math.max(1, least)) return groupOf
  let means = seedMeans(points, dim, groups, random)
  joinNearest(points, dim, means, groupOf)
  for (let round = 0; round < rounds; round++) {
    means = averageGroups(points, dim, groupOf, means)
    const before = groupOf.slice()
    groupOf.fill(-1)
    joinNearest(points, dim, means, groupOf)
    if (groupOf.every((group, point) => group === before[point])) break
  }
  for (;;) {
    const sizes = countGroups(groupOf, means.length / dim)
    const smallest = sizes.indexOf(sizes.reduce((a, b) => Math.min(a, b)))
    if (sizes[smallest]! >= least) return groupOf
    means = Float32Array.from([...means.subarray(0, smallest * dim), ...means.subarray((smallest + 1) * dim)])
    for (const [point, group] of groupOf.entries()) groupOf[point] = group === smallest ? -1 : group - Number(group > smallest)
    joinNearest(points, dim, means, groupOf)
  }
}

/** Draws the first mean from all points, each next with a chance that grows with the squared distance to the nearest mean so far. */
function seedMeans(points: Float32Array, dim: number, groups: number, random: () => number): Float32Array {
  const count = points.length / dim
  const means = new Float32Array(groups * dim)
  const nearest = new Float64Array(count).fill(Number.POSITIVE_INFINITY)
  let next = Math.floor(random() * count)
  for (let group = 0; group < groups; group++) {
    means.set(points.subarray(next * dim, (next + 1) * dim), group * dim)
    let total = 0
    for (let point = 0; point < count; point++) {
      nearest[point] = Math.min(nearest[point]!, squaredDistance(points, point * dim, means, group * dim, dim))
      total += nearest[point]!
    }
    // Every point is a mean already
    if (!(total > 0)) return means.slice(0, (group + 1) * dim)
    let left = random() * total
    next = 0
    while (next < count - 1 && left >= nearest[next]!) left -= nearest[next++]!
  }
  return means
}

/** Gives a group to every point that has none. */
function joinNearest(points: Float32Array, dim: number, means: Float32Array, groupOf: Int32Array): void {
  for (let point = 0; point < groupOf.length; point++) {
    if (groupOf[point]! >= 0) continue
    let least = Number.POSITIVE_INFINITY
    for (let at = 0; at < means.length; at += dim) {
      const distance = squaredDistance(points, point * dim, means, at, dim)
      if (distance >= least) continue
      least = distance
      groupOf[point] = at / dim
    }
  }
}

/** A group without points keeps its mean. */
function averageGroups(points: Float32Array, dim: number, groupOf: Int32Array, means: Float32Array): Float32Array {
  const sizes = countGroups(groupOf, means.length / dim)
  const sums = new Float64Array(means.length)
  for (const [point, group] of groupOf.entries()) {
    for (let k = 0; k < dim; k++) sums[group * dim + k]! += points[point * dim + k]!
  }
  return means.map((mean, at) => {
    const size = sizes[Math.floor(at / dim)]!
    return size > 0 ? sums[at]! / size : mean
  })
}

function countGroups(groupOf: Int32Array, groups: number): Int32Array {
  const sizes = new Int32Array(groups)
  for (const group of groupOf) sizes[group]!++
  return sizes
}

function squaredDistance(a: Float32Array, atA: number, b: Float32Array, atB: number, dim: number): number {
  let sum = 0
  for (let k = 0; k < dim; k++) {
    const gap = a[atA + k]! - b[atB + k]!
    sum += gap * gap
  }
  return sum
}
