import { epochOf } from '../../src/shared/signals/epoch'
import { YEAR_EPOCHS } from '../../src/shared/signals/privacy-budget'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import { drawAnswers, drawFirst, drawGroups } from './answers'
import type { PrivacyBudget } from './budget'
import type { PlanInForce } from './plan-source'
import type { SignalStore } from './signal-store'
import type { KeptAnswer, KeptGroups, Round } from './signals-schema'
import type { Transport } from './transports/transport'
import { delayOf, type Visit } from './visits'

export type OutboxOptions = {
  readonly store: SignalStore
  readonly budget: PrivacyBudget
  readonly plan: () => Promise<PlanInForce>
  readonly transport: (plan: SignalPlan) => Promise<Transport>
  /** What is true of this visitor in an epoch. @returns a place among `bucketsOf(metric)`. */
  readonly measure: (metric: Metric, group: number, epoch: number) => Promise<number>
  /** Whether anything may be computed or leave at this moment. */
  readonly isAllowed: () => boolean
  readonly random: RandomIntegers
  readonly now: () => number
}

/**
 * Draws, charges, prepares and sends, in this order; each step is on disk before the next begins, so that whoever is stopped anywhere goes on there at
 * the next page. What was drawn is not drawn again, what was charged not charged again, and what was prepared leaves as it is or not at all.
 *
 * A report about an epoch leaves in that epoch (of browsers that answer in their first visit) or in the next; later, it expires.
 */
export class Outbox {
  readonly #options: OutboxOptions

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  /** Has this visit's turn, if another tab had it not: at most one report leaves. One caller at a time, over all tabs. */
  async takeTurn(): Promise<void> {
    const { store, now } = this.#options
    const visit = await store.readVisit()
    if (!visit || delayOf(visit, now()) === undefined) return
    const epoch = epochOf(now())
    let isAllDone = false
    try {
      await this.#expire(epoch)
      // A plan that does not come must not hold up what waits already.
      const [decision] = await Promise.allSettled([this.#decide(visit, epoch)])
      await this.#prepare(epoch)
      await this.#sendOne(epoch)
      if (decision.status === 'rejected') throw decision.reason
      isAllDone = decision.value && !(await store.rounds()).some(({ answers }) => answers.some(isUnderWay))
    } finally {
      // Whatever failed is tried again at the next visit, not at every page.
      await store.changeVisit(({ moment: _, ...kept }) => ({ ...kept, ...(isAllDone && { restUntil: epoch + 1 }) }))
    }
  }

  /** The groups of an epoch, drawn where they were not yet: what is told in clear must be chance alone, and the same all week. */
  async groups(plan: SignalPlan, epoch: number): Promise<KeptGroups[number]> {
    const { store, random } = this.#options
    return (await store.changeGroups((kept) => drawGroups(kept, plan, epoch, random)))?.[epoch] ?? {}
  }

  async #expire(epoch: number): Promise<void> {
    const { store } = this.#options
    await store.dropRounds(epoch - YEAR_EPOCHS)
    for (const round of await store.rounds()) {
      if (round.epoch < epoch - 1 && round.answers.some(isUnderWay))
        await store.changeRound(round.epoch, (kept) => kept && this.expired(kept))
    }
  }

  /** The round with nothing under way any more; of one that was never charged, nothing is left. */
  expired(round: Round): Round {
    const settledAt = this.#options.now()
    const answers = round.answers.map((answer): KeptAnswer => (isUnderWay(answer) ? { ...answer, state: 'expired', settledAt } : answer))
    return { ...round, answers: round.isCharged ? answers : [] }
  }

  /** @returns whether no decision is due any more in this epoch. */
  async #decide(visit: Visit, epoch: number): Promise<boolean> {
    const { store, budget, random, isAllowed } = this.#options
    const inForce = await this.#options.plan()
    // By a clock that is wrong, an epoch would be answered for that is not over, or twice.
    if (!inForce.isTimely || !isAllowed()) return false
    const { plan, hash } = inForce
    const isFirst = visit.count === 1
    const about = isFirst ? epoch : epoch - 1
    if (about < visit.firstEpoch) return true
    if (isFirst) {
      const drawn = await store.changeVisit((kept) => ({ ...kept, answersFirst: kept.answersFirst ?? drawFirst(plan, random) }))
      if (!drawn?.answersFirst) return true
    }
    const groups = await this.groups(plan, about)
    const left = await budget.leftFor(about)
    const round = await store.changeRound(about, (kept) => {
      if (kept || left === undefined) return kept
      return { epoch: about, plan, planHash: hash, isCharged: false, answers: drawAnswers(plan, left, isFirst, groups, random) }
    })
    if (round && !round.isCharged) {
      const isSpent = await budget.spend(
        about,
        round.answers.reduce((sum, { charged }) => sum + charged, 0),
      )
      await store.changeRound(about, (kept) => kept && { ...kept, isCharged: true, answers: isSpent ? kept.answers : [] })
    }
    return true
  }

  async #prepare(epoch: number): Promise<void> {
    const { store, measure, transport, isAllowed } = this.#options
    for (const { epoch: about, plan, planHash, isCharged, answers } of await store.rounds()) {
      if (!isCharged || about < epoch - 1) continue
      for (const { metric, group, state } of answers) {
        if (state !== 'drawn' || !isAllowed()) continue
        const bucket = await measure(plan.metrics[metric]!, group, about) // a place in that plan
        const body = await (await transport(plan)).prepare({ plan, planHash, metric, group, bucket, epoch: about })
        await this.#change(about, metric, (kept) => (kept.state === 'drawn' ? { ...kept, state: 'waiting', body } : kept))
      }
    }
  }

  async #sendOne(epoch: number): Promise<void> {
    const { store, transport, isAllowed, now } = this.#options
    const isDue = ({ state }: KeptAnswer) => state === 'waiting'
    const round = (await store.rounds()).find(({ epoch: about, answers }) => about >= epoch - 1 && answers.some(isDue))
    if (!round) return
    const { epoch: about, plan } = round
    const way = await transport(plan)
    // Read again, as late as can be: it may have been forgotten, or consent been withdrawn.
    const answer = (await store.changeRound(about, (kept) => kept))?.answers.find(isDue)
    if (!answer?.body || !isAllowed()) return
    const outcome = await way.send(answer.body)
    if (outcome === 'later') return
    const state = outcome === 'accepted' ? 'sent' : 'refused'
    await this.#change(about, answer.metric, (kept) => ({ ...kept, state, settledAt: now() }))
  }

  async #change(epoch: number, metric: number, change: (answer: KeptAnswer) => KeptAnswer): Promise<void> {
    await this.#options.store.changeRound(
      epoch,
      (kept) => kept && { ...kept, answers: kept.answers.map((answer) => (answer.metric === metric ? change(answer) : answer)) },
    )
  }
}

/** Whether it may still leave. */
export function isUnderWay({ state }: KeptAnswer): boolean {
  return state === 'drawn' || state === 'waiting'
}
