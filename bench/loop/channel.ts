import { discreteLaplace, laplaceScale } from '../../src/shared/signals/discrete-noise'
import type { Interval } from '../../src/shared/signals/estimates'
import { microEpsilon } from '../../src/shared/signals/privacy-budget'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import { estimateCounts } from '../../src/shared/signals/subset-estimate'
import { drawSubset, subsetDesign } from '../../src/shared/signals/subset-selection'
import { Z95 } from '../../src/shared/signals/z95'

/** A way for answers to become estimates; `exact`: without any privacy, to see what privacy costs. */
export type Channel =
  | { readonly kind: 'exact' }
  | { readonly kind: 'local'; readonly epsilon: number }
  | { readonly kind: 'dap'; readonly epsilon: number }

/** One visitor who answers otherwise changes two buckets by one. */
const SENSITIVITY = 2
/** Each of two operators adds noise of its own, so that neither has to be trusted with it. */
const OPERATORS = 2

/** For people. */
export function channelName(channel: Channel): string {
  switch (channel.kind) {
    case 'exact':
      return 'no privacy'
    case 'local':
      return `local, epsilon ${channel.epsilon}`
    case 'dap':
      return `DAP, epsilon ${channel.epsilon}`
    default:
      return channel satisfies never
  }
}

/** Whether noise is drawn at all. */
export function isNoisy({ kind }: Channel): boolean {
  return kind !== 'exact'
}

/**
 * What is published of answers, by the randomizers and estimators that ship.
 * @param answers true buckets, 0 to k - 1, one a report.
 * @returns [k]
 */
export function estimated(channel: Channel, k: number, answers: ArrayLike<number>, random: RandomIntegers): readonly Interval[] {
  const counts = new Float64Array(k)
  switch (channel.kind) {
    case 'exact':
      for (let at = 0; at < answers.length; at++) counts[answers[at]!]!++
      return Array.from(counts, (value) => ({ value, low: value, high: value }))
    case 'local': {
      const design = subsetDesign(k, microEpsilon(channel.epsilon))
      for (let at = 0; at < answers.length; at++) addBits(drawSubset(design, answers[at]!, random), counts)
      return estimateCounts(design, answers.length, counts)
    }
    case 'dap': {
      for (let at = 0; at < answers.length; at++) counts[answers[at]!]!++
      const scale = laplaceScale(SENSITIVITY, microEpsilon(channel.epsilon))
      const half = Z95 * Math.sqrt(OPERATORS * 2) * (SENSITIVITY / channel.epsilon)
      return Array.from(counts, (count) => {
        let value = count
        for (let operator = 0; operator < OPERATORS; operator++) value += discreteLaplace(scale, random)
        return { value, low: value - half, high: value + half }
      })
    }
    default:
      return channel satisfies never
  }
}

function addBits(bits: Uint8Array, counts: Float64Array): void {
  for (let bucket = 0; bucket < counts.length; bucket++) counts[bucket]! += (bits[bucket >> 3]! >> (bucket & 7)) & 1
}
