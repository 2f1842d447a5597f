import type { LedgerEntry } from '../../src/shared/signals/ledger'
import { designOf } from '../../src/shared/signals/metric-design'
import { titleOf, wordsOf } from '../../src/shared/signals/metric-words'
import { hex } from '../../src/shared/signals/plan-hash'
import { decodeReport } from '../../src/shared/signals/report'
import { bucketsIn, chancesOf } from '../../src/shared/signals/subset-selection'
import type { KeptAnswer, Round } from './signals-schema'

/** Rounds as the visitor reads them, latest first. */
export function listEntries(rounds: readonly Round[]): readonly LedgerEntry[] {
  return rounds.toReversed().flatMap((round) =>
    round.answers.map((answer) => {
      const metric = round.plan.metrics[answer.metric]! // a place in that plan
      return {
        metric: metric.name,
        title: titleOf(metric),
        epoch: round.epoch,
        state: answer.state === 'drawn' ? 'waiting' : answer.state,
        charged: answer.charged,
        plan: hex(round.planHash),
        bytes: answer.body ? hex(answer.body) : '',
        words: wordsFor(round, answer),
        ...(answer.settledAt !== undefined && { settledAt: answer.settledAt }),
      }
    }),
  )
}

function wordsFor({ plan }: Round, { metric: place, group, body }: KeptAnswer): string {
  const metric = plan.metrics[place]! // a place in that plan
  if (!body) return `${titleOf(metric)}. Drawn, and not put into a report.`
  if (plan.mode === 'dap')
    return `${titleOf(metric)}. The answer lies in two shares, one for each operator; neither says anything without the other.`
  return wordsOf(metric, group, bucketsIn(decodeReport(body).bits), chancesOf(designOf(metric)))
}
