import type { SharesFile } from '../../../demo/signals/shares-file'
import type { SignalPlan } from '../../../src/shared/signals/signal-plan'

/** Orders of a shop of three sub-categories. */
export const SHARES: SharesFile = {
  orders: 70,
  customers: 40,
  years: [2014, 2017],
  leading: [
    ['Chairs', 40],
    ['Phones', 20],
    ['Fasteners', 10],
  ],
}

/** Two metrics that are simulated, and one between them that is not. */
export const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'To see what is looked for.',
  metrics: [
    { name: 'interest', counts: 'interest', categories: ['Phones', 'Chairs'] },
    { name: 'test', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
    { name: 'funnel', counts: 'funnel', epsilon: 0.5 },
  ],
}
