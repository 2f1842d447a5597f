import { designOf } from '../../../src/shared/signals/metric-design'
import { planTag } from '../../../src/shared/signals/plan-hash'
import type { RandomIntegers } from '../../../src/shared/signals/random-integers'
import { encodeReport, NONCE_BYTES } from '../../../src/shared/signals/report'
import { drawSubset } from '../../../src/shared/signals/subset-selection'
import { ANONYMOUS, DEADLINE_MS, type Fetch } from './anonymous-request'
import { outcomeOf } from './outcome-of'
import type { Transport } from './transport'

export type LocalTransportOptions = {
  /** Where reports go. */
  readonly url: string
  readonly fetch: Fetch
  readonly random: RandomIntegers
}

/**
 * Sends each answer as one report of 40 bytes, randomized here by subset selection: whoever reads it, the collector included, learns no more than the
 * metric's epsilon allows.
 */
export function createLocalTransport({ url, fetch, random }: LocalTransportOptions): Transport {
  return {
    async prepare({ plan, planHash, metric, group, bucket, epoch }) {
      const bits = drawSubset(designOf(plan.metrics[metric]!), bucket, random) // a place in the plan
      return encodeReport({ metric, group, epoch, planTag: planTag(planHash), nonce: random.bytes(NONCE_BYTES), bits })
    },
    async send(body) {
      try {
        // Without a Content-Type: one would cost a request of its own to be allowed (CORS), and says nothing.
        const request = { ...ANONYMOUS, method: 'POST', body, keepalive: true, signal: AbortSignal.timeout(DEADLINE_MS) }
        const response = await fetch(url, request)
        return await outcomeOf(response.status, () => response.text())
      } catch {
        // Offline, blocked, redirected, too slow: nobody answered.
        return 'later'
      }
    },
  }
}
