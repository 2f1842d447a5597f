import { readPlan } from './read-plan'
import { type DapPlan, PLAN_VERSION, type SignalPlan } from './signal-plan'

/** A plan as its author writes it: with operators in mode `dap`, and there only. */
export type PlanDraft = Omit<SignalPlan, 'sottoPlan' | 'mode' | 'dap'> &
  ({ readonly mode?: 'local'; readonly dap?: never } | { readonly mode: 'dap'; readonly dap: DapPlan })

/**
 * Makes a plan, with its version, and checks it: what is misspelt or lacks a field does not compile, and what the types cannot tell is
 * refused here.
 *
 * @throws SottoError `plan-invalid`, as `readPlan`.
 * @example
 * const plan = definePlan({ purpose: 'To see which shelves help.', metrics: [{ name: 'home', counts: 'shelf', slot: 'home' }] })
 * plan.sottoPlan // 1: it is ready for JSON.stringify
 */
export function definePlan(draft: PlanDraft): SignalPlan {
  return readPlan({ sottoPlan: PLAN_VERSION, ...draft })
}
