import { costOf } from './metric-design'
import { PLAN_DEFAULTS } from './plan-defaults'
import { EPOCH_BUDGET } from './privacy-budget'
import type { SignalPlan } from './signal-plan'

/**
 * The share of browsers that are asked each metric: those that take part, and draw it before their epoch's budget is spent. Exact, for a browser whose year's
 * budget is not the narrower one; those that answer in their first session, one metric only, are few and left aside.
 * @returns one a metric, 0 to 1.
 */
export function coverageOf(plan: SignalPlan): readonly number[] {
  const participation = plan.participation ?? PLAN_DEFAULTS.participation
  return inclusionChances(plan.metrics.map(costOf), EPOCH_BUDGET).map((chance) => participation * chance)
}

/**
 * The chance of each metric to be asked of a browser that takes part in an epoch, exactly.
 *
 * A browser goes through the metrics in a random order and answers whichever it can still afford. Metrics of one cost have the same chance, so it is enough to
 * follow how many of each cost were taken.
 * @param costs in millionths, above 0. @param budget millionths.
 * @returns as many, each in [0, 1]; 0 of what never fits.
 */
export function inclusionChances(costs: readonly number[], budget: number): readonly number[] {
  const kinds = [...new Set(costs)]
  const sizes = kinds.map((kind) => costs.filter((cost) => cost === kind).length)
  const expected = expectTaken(kinds, sizes, budget)
  return costs.map((cost) => {
    const kind = kinds.indexOf(cost)
    return expected[kind]! / sizes[kind]! // a cost is of a kind, and kinds have one size each
  })
}

/** How many of each cost are taken, on average. */
function expectTaken(kinds: readonly number[], sizes: readonly number[], budget: number): readonly number[] {
  const known = new Map<string, readonly number[]>()
  const from = (taken: readonly number[], rest: number): readonly number[] => {
    const key = taken.join()
    const before = known.get(key)
    if (before) return before
    const left = sizes.map((size, kind) => (kinds[kind]! <= rest ? size - taken[kind]! : 0))
    const all = left.reduce((sum, count) => sum + count, 0)
    const expected = [...taken]
    if (all > 0) {
      expected.fill(0)
      left.forEach((count, kind) => {
        if (count === 0) return
        const after = from(taken.with(kind, taken[kind]! + 1), rest - kinds[kind]!)
        after.forEach((value, one) => {
          expected[one]! += (count / all) * value
        })
      })
    }
    known.set(key, expected)
    return expected
  }
  return from(
    kinds.map(() => 0),
    budget,
  )
}
