import { seededRandom } from '../../bench/support/seeded-random'
import { SottoError } from '../../src/shared/errors'
import { checkSubset, type SubsetDesign, subsetDesign } from '../../src/shared/signals/subset-selection'
import type { Audit, Finding } from './finding'

/** Sets that no device can have drawn are refused, and no others; what the possible ones gain is audited through the collector. */
export const auditPoisoning: Audit = () => [
  ...[
    [2, 1],
    [8, 1],
    [64, 1],
    [64, 2],
  ].map(([k, epsilon]) => {
    const design = subsetDesign(k!, epsilon! * 1e6)
    return invalid(design, epsilon!)
  }),
]

/** Every number of buckets, at random places; and those that there are not. */
function invalid(design: SubsetDesign, epsilon: number): Finding {
  const random = seededRandom(design.k)
  let [tried, passed, genuine] = [0, 0, 0]
  for (let size = 0; size <= 64; size++)
    for (let time = 0; time < 20; time++) {
      const places = Array.from({ length: 64 }, (_, place) => ({ place, key: random() })).sort((one, other) => one.key - other.key)
      // Half of them stay within the metric's buckets, where they can.
      const fitting = time % 2 === 0 && size <= design.k ? places.filter(({ place }) => place < design.k) : places
      const chosen = fitting.slice(0, size).map(({ place }) => place)
      const isPossible = size === design.d && chosen.every((place) => place < design.k)
      if (isPossible) genuine++
      else tried++
      if (isPassed(design, chosen) !== isPossible) passed++
    }
  return {
    audit: `poisoning: impossible reports, k ${design.k}, ε ${epsilon}`,
    stated: 'all refused, and no other',
    measured: `${passed} of ${tried} impossible and ${genuine} possible ones judged wrongly`,
    passes: passed === 0 && genuine > 0,
  }
}

function isPassed(design: SubsetDesign, places: readonly number[]): boolean {
  const bits = new Uint8Array(8)
  for (const place of places) bits[place >> 3]! |= 1 << (place & 7)
  try {
    checkSubset(design, bits)
    return true
  } catch (thrown) {
    if (thrown instanceof SottoError && thrown.code === 'report-invalid') return false
    throw thrown
  }
}
