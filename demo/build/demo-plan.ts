import { type SignalPlan, shopPlan } from 'sotto/signals'
import type { SharesFile } from '../signals/shares-file'

/** More of them would make each less exact: the others are told together. */
const CATEGORIES = 14

/** What this shop asks of browsers: the plan for shops to begin with, but that every browser answers in its first visit, so that whoever tries the shop sees a report leave. */
export function demoPlan({ leading }: SharesFile): SignalPlan {
  return shopPlan({
    purpose:
      'Quire asks this to see how far visits get and which kinds of product draw them, of all visitors together and of nobody alone.',
    categories: leading.slice(0, CATEGORIES).map(([subCategory]) => subCategory),
    firstSession: 1,
  })
}
