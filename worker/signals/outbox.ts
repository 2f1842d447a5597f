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
import { delayOf, drawPause, type Visit } from './visits'

/** Who gets the same bytes at visit after visit, and never takes them, would know the browser by them. */
const MOST_TRIES = 3

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

  /**
   * Has what is due of this visit's turn, if another tab had it not: gets ready, and at a later moment sends one report at most. One caller at a time,
   * over all tabs.
   */
  async takeTurn(): Promise<void> {
    const from = this.#options.now()
    const visit = await this.#options.store.readVisit()
    if (!visit || delayOf(visit, from) === undefined) return
    await (visit.ready === undefined ? this.#getReady(visit, from) : this.#send(visit.ready, epochOf(from)))
  }

  /** All that asks or computes something; what is ready then has a moment of its own. @throws what failed first, once all else is done. */
  async #getReady(visit: Visit, from: number): Promise<void> {
    const { store, random } = this.#options
    const epoch = epochOf(from)
    // Drawn before anything is measured: how long that takes says nothing then.
    const moment = drawPause(from, random)
    const failures: unknown[] = []
    const note = (thrown: unknown) => void failures.push(thrown)
    await this.#expire(epoch)
    // A plan that does not come must not hold up what waits already.
    const isDecided = Boolean(await this.#decide(visit, epoch).catch(note))
    await this.#prepare(epoch, note)
    const answers = (await store.rounds()).flatMap((round) => round.answers)
    const restUntil = isDecided ? epoch + 1 : 0
    await store.changeVisit(({ moment: _, ...kept }) => {
      if (answers.some(isDue)) return { ...kept, moment, ready: restUntil }
      // Whatever failed is tried again at the next visit, not at every page.
      return answers.some(isUnderWay) ? kept : { ...kept, restUntil }
    })
    if (failures.length > 0) throw failures[0]
  }

  async #send(restUntil: number, epoch: number): Promise<void> {
    const { store } = this.#options
    // First of all: of a page that dies after its report left, the visit must not send another.
    await store.changeVisit(({ moment: _, ready: __, ...kept }) => kept)
    await this.#sendOne(epoch)
    if (!(await store.rounds()).some(({ answers }) => answers.some(isUnderWay))) await store.changeVisit((kept) => ({ ...kept, restUntil }))
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

  /** @param note takes what fails, so that one answer does not hold up another. */
  async #prepare(epoch: number, note: (thrown: unknown) => void): Promise<void> {
    const { store, measure, transport, isAllowed } = this.#options
    for (const { epoch: about, plan, planHash, isCharged, answers } of await store.rounds()) {
      if (!isCharged || about < epoch - 1) continue
      for (const { metric, group, state } of answers) {
        if (state !== 'drawn' || !isAllowed()) continue
        try {
          const bucket = await measure(plan.metrics[metric]!, group, about) // a place in that plan
          const body = await (await transport(plan)).prepare({ plan, planHash, metric, group, bucket, epoch: about })
          await this.#change(about, metric, (kept) => (kept.state === 'drawn' ? { ...kept, state: 'waiting', body } : kept))
        } catch (thrown) {
          note(thrown)
        }
      }
    }
  }

  async #sendOne(epoch: number): Promise<void> {
    const { store, transport, isAllowed, now } = this.#options
    const round = (await store.rounds()).find(({ epoch: about, answers }) => about >= epoch - 1 && answers.some(isDue))
    if (!round) return
    const { epoch: about, plan, answers } = round
    const { metric } = answers.find(isDue)! // as just found
    const way = await transport(plan)
    if (!isAllowed()) return
    // Counted before it leaves. What is sent is what is read then: it may have been forgotten.
    const counted = await this.#change(about, metric, (kept) => ({ ...kept, tries: (kept.tries ?? 0) + 1 }))
    const { state, body, tries = 0 } = counted?.answers.find((answer) => answer.metric === metric) ?? {}
    if (state !== 'waiting' || !body) return
    const outcome = tries > MOST_TRIES ? 'later' : await way.send(body)
    if (outcome === 'later' && tries < MOST_TRIES) return
    const settled =
      typeof outcome === 'object'
        ? ({ state: 'refused', ...outcome } as const)
        : ({ state: outcome === 'later' ? 'expired' : 'sent' } as const)
    await this.#change(about, metric, (kept) => ({ ...kept, ...settled, settledAt: now() }))
  }

  #change(epoch: number, metric: number, change: (answer: KeptAnswer) => KeptAnswer): Promise<Round | undefined> {
    return this.#options.store.changeRound(
      epoch,
      (kept) => kept && { ...kept, answers: kept.answers.map((answer) => (answer.metric === metric ? change(answer) : answer)) },
    )
  }
}

/** Whether it is ready to leave. */
function isDue({ state }: KeptAnswer): boolean {
  return state === 'waiting'
}

/** Whether it may still leave. */
export function isUnderWay({ state }: KeptAnswer): boolean {
  return state === 'drawn' || state === 'waiting'
}
