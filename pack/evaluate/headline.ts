import type { Protocol } from './evaluation-task'
import type { Metric } from './metrics/quality-at'
import type { Quality } from './metrics/quality-tally'

/** The figures that published tables give for a protocol; settings are chosen by the last one. */
export const HEADLINES: Readonly<Record<Protocol, readonly { readonly metric: Metric; readonly cutoff: number }[]>> = {
  'leave-one-out': [
    { metric: 'hr', cutoff: 10 },
    { metric: 'ndcg', cutoff: 10 },
  ],
  sessions: [
    { metric: 'hr', cutoff: 20 },
    { metric: 'mrr', cutoff: 20 },
  ],
  'next-basket': [{ metric: 'ndcg', cutoff: 20 }],
}

/** What settings are chosen by. */
export function headlineOf(protocol: Protocol, quality: Quality): number {
  const { metric, cutoff } = HEADLINES[protocol].at(-1)!
  return quality.at[cutoff]![metric].mean
}
