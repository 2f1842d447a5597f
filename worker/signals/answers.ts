import { isAskedFirst } from '../../src/shared/signals/first-session'
import { groupsOf } from '../../src/shared/signals/metric-buckets'
import { costOf } from '../../src/shared/signals/metric-design'
import { PLAN_DEFAULTS } from '../../src/shared/signals/plan-defaults'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import type { KeptAnswer, KeptGroups } from './signals-schema'

const RANGE = 2 ** 32

/** Whether a browser answers in its first visit. */
export function drawFirst({ firstSession = PLAN_DEFAULTS.firstSession }: SignalPlan, random: RandomIntegers): boolean {
  return random.below(RANGE) < firstSession * RANGE
}

/**
 * Draws which metrics are asked in an epoch: by chance and by what is left of the budget, never by what a visitor did.
 * @param left millionths.
 * @param isFirst the browser was drawn to answer in its first session: one metric and no more, since two reports that both came so early would be known to be of
 * one browser.
 * @param groups as drawn for the epoch.
 * @returns in the order in which they leave; empty in an epoch in which this browser does not take part.
 */
export function drawAnswers(
  plan: SignalPlan,
  left: number,
  isFirst: boolean,
  groups: KeptGroups[number],
  random: RandomIntegers,
): readonly KeptAnswer[] {
  const { metrics, participation = PLAN_DEFAULTS.participation } = plan
  if (!isFirst && random.below(RANGE) >= participation * RANGE) return []
  const places = [...metrics.keys()].filter((place) => !isFirst || isAskedFirst(metrics[place]!))
  const drawn: KeptAnswer[] = []
  let rest = left
  while (places.length > 0 && !(isFirst && drawn.length > 0)) {
    const metric = places.splice(random.below(places.length), 1)[0]! // one of those that are left
    const charged = costOf(metrics[metric]!)
    if (charged > rest) continue
    rest -= charged
    drawn.push({ metric, group: placeOf(metrics[metric]!, groups), charged, state: 'drawn' })
  }
  return drawn
}

/** Where a metric's group stands among `groupsOf`. @param groups as drawn for this metric's plan; before that, its first. */
export function placeOf(metric: Metric, groups: KeptGroups[number]): number {
  return Math.max(0, groupsOf(metric).indexOf(groups[metric.name] ?? ''))
}

/** Adds a group, uniformly drawn, for each metric that has none yet in this epoch, and lets go of epochs before the last one. */
export function drawGroups(kept: KeptGroups, plan: SignalPlan, epoch: number, random: RandomIntegers): KeptGroups {
  const drawn = { ...kept[epoch] }
  for (const metric of plan.metrics) {
    const names = groupsOf(metric)
    if (!names.includes(drawn[metric.name]!)) drawn[metric.name] = names[random.below(names.length)]! // one of them
  }
  const recent = Object.entries(kept).filter(([at]) => Math.abs(Number(at) - epoch) < 2)
  return { ...Object.fromEntries(recent), [epoch]: drawn }
}
