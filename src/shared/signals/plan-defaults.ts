/** What holds where a plan does not say: see `SignalPlan` and `Metric`. */
export const PLAN_DEFAULTS = { epsilon: 1, participation: 1, firstSession: 0.1, clip: 0.1 } as const
