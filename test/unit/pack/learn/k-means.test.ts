import { expect, test } from 'vitest'
import { kMeans } from '../../../../pack/learn/k-means'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'

const group = (points: readonly (readonly number[])[], groups: number, least = 1, seed = 1) => [
  ...kMeans({ points: Float32Array.from(points.flat()), dim: 2, groups, least, rounds: 20, random: seededRandom(seed) }),
]
const around = (x: number, y: number, count: number) => Array.from({ length: count }, (_, at) => [x + at / 100, y - at / 100])

test('finds clouds that lie apart, whatever the seed', () => {
  const points = [...around(0, 0, 5), ...around(10, 0, 4), ...around(0, 10, 6)]
  for (let seed = 0; seed < 20; seed++) {
    const found = group(points, 3, 1, seed)
    expect(new Set(found).size).toBe(3)
    for (const cloud of [found.slice(0, 5), found.slice(5, 9), found.slice(9)]) expect(new Set(cloud).size).toBe(1)
  }
})

test('ends where every point is nearest to the mean of its group', () => {
  const random = seededRandom(9)
  const points = Array.from({ length: 200 }, () => [random(), random()])
  const found = group(points, 7)
  const means = Array.from({ length: 7 }, (_, which) => {
    const members = points.filter((_, at) => found[at] === which)
    return [0, 1].map((k) => members.reduce((sum, point) => sum + point[k]!, 0) / members.length)
  })
  const distances = points.map((point) => means.map((mean) => Math.hypot(point[0]! - mean[0]!, point[1]! - mean[1]!)))
  for (const [at, each] of distances.entries()) expect(each[found[at]!]).toBeCloseTo(Math.min(...each), 5)
})

test('a group that is too small is dropped, its points join the nearest', () => {
  const found = group([...around(0, 0, 5), ...around(10, 0, 2), ...around(100, 0, 5)], 3, 3)
  expect(new Set(found.slice(0, 7)).size).toBe(1)
  expect(new Set(found).size).toBe(2)
  expect(Math.max(...found)).toBe(1)
})

test('fewer points than a group needs: no group', () => {
  expect(group(around(0, 0, 4), 2, 5)).toEqual([-1, -1, -1, -1])
  expect(group([], 2, 1)).toEqual([])
})

test('points that coincide are one group, however many are wanted', () => {
  expect(
    group(
      Array.from({ length: 6 }, () => [1, 1]),
      4,
    ),
  ).toEqual([0, 0, 0, 0, 0, 0])
})
