import type { LedgerEntry } from '../../src/shared/signals/ledger'
import { designOf } from '../../src/shared/signals/metric-design'
import { titleOf, wordsOf } from '../../src/shared/signals/metric-words'
import { hex } from '../../src/shared/signals/plan-hash'
import { decodeReport } from '../../src/shared/signals/report'
import { bucketsIn, chancesOf } from '../../src/shared/signals/subset-selection'
import type { KeptAnswer, Round } from './signals-schema'
import { readUpload } from './transports/upload'

/** Rounds as the visitor reads them, latest first. @param relay the address that local reports are sent by, where one is set. */
export function listEntries(rounds: readonly Round[], relay?: string): readonly LedgerEntry[] {
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
        bytes: answer.body ? hex(isShared(round) ? readUpload(answer.body).report : answer.body) : '',
        words: wordsFor(round, answer, relay),
        ...(answer.refusedFor !== undefined && { refusedFor: answer.refusedFor }),
        ...(answer.settledAt !== undefined && { settledAt: answer.settledAt }),
      }
    }),
  )
}

function isShared({ plan }: Round): boolean {
  return plan.mode === 'dap'
}

function wordsFor(round: Round, { metric: place, group, body }: KeptAnswer, relay: string | undefined): string {
  const metric = round.plan.metrics[place]! // a place in that plan
  if (!body) return `${titleOf(metric)}. Drawn, and not put into a report.`
  if (isShared(round)) {
    const where = new URL(readUpload(body).url).origin
    return `${titleOf(metric)}. The answer lies in two shares, one for each operator; neither says anything without the other. It goes to ${where}.`
  }
  const words = wordsOf(metric, group, bucketsIn(decodeReport(body).bits), chancesOf(designOf(metric)))
  return relay === undefined
    ? words
    : `${words} These bytes leave sealed for the collector, by ${new URL(relay).origin}, which cannot read them.`
}
