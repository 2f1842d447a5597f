import { SottoError } from '../../src/shared/errors'
import { bucketsOf, groupsOf } from '../../src/shared/signals/metric-buckets'
import { designOf } from '../../src/shared/signals/metric-design'
import { hashPlan, hex, planTag } from '../../src/shared/signals/plan-hash'
import { readPlan } from '../../src/shared/signals/read-plan'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import type { SubsetDesign } from '../../src/shared/signals/subset-selection'

/** A plan, and what reports are checked against. */
export type KnownPlan = {
  /** Hex of SHA-256. */
  readonly hash: string
  /** Hex of what reports carry of it. */
  readonly tag: string
  /** As the site wrote it: hashes are of these bytes. */
  readonly content: Uint8Array
  readonly plan: SignalPlan
  /** One a metric; none in mode `dap`, whose reports go elsewhere. */
  readonly metrics: readonly { readonly design: SubsetDesign; readonly buckets: number; readonly groups: number }[]
}

/** @param content JSON in UTF-8, as read. @throws SottoError `plan-invalid` */
export function planIn(content: Uint8Array): SignalPlan {
  return readPlan(parse(content))
}

/** See `planIn`. */
export async function knownPlan(content: Uint8Array): Promise<KnownPlan> {
  const plan = planIn(content)
  const hash = await hashPlan(content)
  const metrics = plan.mode === 'dap' ? [] : plan.metrics
  return {
    hash: hex(hash),
    tag: hex(planTag(hash)),
    content,
    plan,
    metrics: metrics.map((metric) => ({ design: designOf(metric), buckets: bucketsOf(metric).length, groups: groupsOf(metric).length })),
  }
}

function parse(content: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(content))
  } catch (cause) {
    throw new SottoError(
      'plan-invalid',
      `signal plan: it is not JSON in UTF-8 (${cause instanceof Error ? cause.message : cause})`,
      { path: '' },
      { cause },
    )
  }
}
