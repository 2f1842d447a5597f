import type { SignalPlan } from '../../src/shared/signals/signal-plan'

/** What a shop might ask: small metrics, a long list, and one with groups. */
export const PLAN: SignalPlan = {
  sottoPlan: 1,
  purpose: 'A bench of the collector.',
  metrics: [
    { name: 'interests', counts: 'interest', categories: Array.from({ length: 62 }, (_, at) => `Category ${at}`) },
    { name: 'funnel', counts: 'funnel' },
    { name: 'stage', counts: 'segment', by: 'stage' },
    { name: 'trial', counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
  ],
}
