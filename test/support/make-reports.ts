import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { designOf } from '../../src/shared/signals/metric-design'
import { planTag } from '../../src/shared/signals/plan-hash'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import { encodeReport } from '../../src/shared/signals/report'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { drawSubset } from '../../src/shared/signals/subset-selection'

/** Where a report of one of many pretended visitors goes; what is not said is drawn. */
export type ReportWish = { readonly epoch: number; readonly metric?: number; readonly group?: number; readonly bucket?: number }

/**
 * Makes reports as devices do.
 * @param hash [32] of the plan's bytes. @returns draws one.
 */
export function reportMaker(plan: SignalPlan, hash: Uint8Array, random: RandomIntegers): (wish: ReportWish) => Uint8Array<ArrayBuffer> {
  const rooms = plan.metrics.map((metric) => ({
    groups: groupsOf(metric).length,
    buckets: bucketsOf(metric).length,
    design: designOf(metric),
  }))
  const tag = planTag(hash)
  return ({ epoch, metric = random.below(rooms.length), group, bucket }) => {
    const { groups, buckets, design } = rooms[metric]!
    return encodeReport({
      metric,
      group: group ?? random.below(groups),
      epoch,
      planTag: tag,
      nonce: random.bytes(16),
      bits: drawSubset(design, bucket ?? random.below(buckets), random),
    })
  }
}
