// Compiled, never run: plans that must compile, and misuse that must not.
import { shopPlan } from '../../src/shared/signals/default-plan'
import { definePlan } from '../../src/shared/signals/define-plan'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'

const dap = { leader: 'https://a.example', helper: 'https://b.example', tasks: [''], timePrecision: 3600 }

export function rightPlans(): readonly SignalPlan[] {
  return [
    definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'funnel' }] }),
    definePlan({ purpose: 'p', mode: 'dap', dap, metrics: [{ name: 'm', counts: 'segment', by: 'recency', epsilon: 0.5, title: 't' }] }),
    definePlan({
      purpose: 'p',
      participation: 0.5,
      firstSession: 0,
      metrics: [{ name: 'm', counts: 'mean', of: 'spent', currency: 'EUR', most: 200 }],
    }),
    definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' }] }),
    shopPlan({ categories: ['Boots'], epsilon: 1 }),
  ]
}

export function wrongPlans(): void {
  // @ts-expect-error what for?
  definePlan({ metrics: [{ name: 'm', counts: 'funnel' }] })
  // @ts-expect-error a kind that does not exist
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'email' }] })
  // @ts-expect-error a metric needs its name
  definePlan({ purpose: 'p', metrics: [{ counts: 'funnel' }] })
  // @ts-expect-error a field of another kind
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'funnel', slot: 'home' }] })
  // @ts-expect-error a misspelt field
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'funnel', epsilom: 1 }] })
  // @ts-expect-error which slot?
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'shelf' }] })
  // @ts-expect-error a way to sort visitors that does not exist
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'segment', by: 'age' }] })
  // @ts-expect-error in what currency?
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'amount', of: 'basket', bands: [10] }] })
  // @ts-expect-error a goal that does not exist
  definePlan({ purpose: 'p', metrics: [{ name: 'm', counts: 'experiment', variants: ['a', 'b'], goal: 'liked' }] })
  // @ts-expect-error two operators are needed
  definePlan({ purpose: 'p', mode: 'dap', metrics: [{ name: 'm', counts: 'funnel' }] })
  // @ts-expect-error operators that would never be asked
  definePlan({ purpose: 'p', dap, metrics: [{ name: 'm', counts: 'funnel' }] })
  // @ts-expect-error the version is not the author's to say
  definePlan({ sottoPlan: 2, purpose: 'p', metrics: [{ name: 'm', counts: 'funnel' }] })
  // @ts-expect-error a mode that does not exist
  definePlan({ purpose: 'p', mode: 'central', metrics: [{ name: 'm', counts: 'funnel' }] })
  // @ts-expect-error of which categories?
  shopPlan({})
}
