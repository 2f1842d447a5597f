import { RandomIntegers } from '../../src/shared/signals/random-integers'
import { drawSubset, type SubsetDesign } from '../../src/shared/signals/subset-selection'

const RANGE = 2n ** 32n

/**
 * Runs the randomizer through all that its random numbers can be, instead of drawing some: the exact chance of each report, with no rounding anywhere.
 *
 * The first number, below 2^32, is compared with the threshold, so that two of its values stand for all; each number after it is below the count of buckets
 * that are left. What is asked is the shipped code, by the bytes of its source. Only for few buckets: there are 2 · (k − 1)! ways.
 *
 * @returns by report (its first byte), how many of 2^32 · (k − 1)! ways lead to it.
 */
export function enumerateDraws(design: SubsetDesign, bucket: number): ReadonlyMap<number, bigint> {
  const ways = new Map<number, bigint>()
  const threshold = BigInt(design.threshold)
  for (const [first, weight] of [
    [design.threshold - 1, threshold],
    [design.threshold, RANGE - threshold],
  ] as const)
    for (const rest of mixedNumbers(design.k - 1)) {
      const report = drawSubset(design, bucket, new RandomIntegers(saying([first, ...rest])))[0]! // of eight bytes
      ways.set(report, (ways.get(report) ?? 0n) + weight)
    }
  return ways
}

/** All lists of numbers of which the first is below `from`, the next below `from` − 1, down to 1. */
function* mixedNumbers(from: number): Generator<readonly number[]> {
  if (from === 0) yield []
  else for (let first = 0; first < from; first++) for (const rest of mixedNumbers(from - 1)) yield [first, ...rest]
}

function saying(numbers: readonly number[]): (count: number) => Uint8Array<ArrayBuffer> {
  return (count) => {
    const view = new DataView(new ArrayBuffer(count))
    numbers.forEach((number, at) => {
      view.setUint32(4 * at, number)
    })
    return new Uint8Array(view.buffer)
  }
}
