import type { DapHistogram } from '../../../src/shared/signals/dap-histogram'

/** What client, aggregators and collector of a task agree on beforehand. */
export type DapTask = {
  /** Base64url of 32 bytes. */
  readonly id: string
  readonly histogram: DapHistogram
  /** [16], known to the aggregators only: a client that knew it could forge proofs. */
  readonly verifyKey: Uint8Array
  readonly timePrecision: number
  /** Seconds since 1970; reports of later times are refused. */
  readonly expires: number
  /** Seconds; older reports are refused. */
  readonly reportExpiryAge: number
  readonly minBatchSize: number
}

/** Half open, seconds since 1970. */
export type BatchInterval = { readonly start: number; readonly duration: number }

/** A refusal by the name that DAP gives it (DAP-09, section 3.2). */
export class DapProblem extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message)
  }
}
