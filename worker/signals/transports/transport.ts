import type { SignalPlan } from '../../../src/shared/signals/signal-plan'

/** What is true of this visitor in one epoch, before anything is randomized or shared out. */
export type Answer = {
  readonly plan: SignalPlan
  /** [32] SHA-256 of the plan as it was fetched. */
  readonly planHash: Uint8Array
  /** Place in the plan. */
  readonly metric: number
  readonly group: number
  /** Place among `bucketsOf(metric)`. */
  readonly bucket: number
  readonly epoch: number
}

/** `later`: nobody answered, or nobody could just now; the same bytes may be sent again. What was refused is final. */
export type SendOutcome = 'accepted' | 'later' | { readonly refusedFor: string }

/** A way for answers to leave. */
export interface Transport {
  /**
   * Makes the bytes that will be sent, once; they are kept until they are. Whoever reads them learns no more than the mode of the plan promises.
   * The budget has been charged before this is called.
   */
  prepare(answer: Answer): Promise<Uint8Array<ArrayBuffer>>
  /** Sends what was prepared; safe to repeat, it is counted once. Never rejects. */
  send(body: Uint8Array<ArrayBuffer>): Promise<SendOutcome>
}
