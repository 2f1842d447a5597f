/** Every way Sotto can fail, as a closed set: callers may switch on it exhaustively. */
export type SottoErrorCode =
  /** A wrong argument or option: the caller's mistake, thrown before anything is done. */
  | 'invalid-argument'
  /** `similar`, `explain` or `rank` was asked about an item that the catalog does not hold. */
  | 'unknown-item'
  /** Consent is not yet known: nothing may be read, so nothing can be recommended. */
  | 'consent-pending'
  /** Consent was refused: nothing is remembered, so nothing personal can be said. */
  | 'consent-denied'
  /** The catalog could not be loaded or holds no usable item; `details.reason` says which. */
  | 'catalog-failed'
  /** A catalog pack breaks its format; `details` names the tensor or field. */
  | 'pack-invalid'
  /** The text encoder's files could not be loaded or are damaged. */
  | 'encoder-failed'
  /** IndexedDB is absent or refuses to open (private mode, policy). */
  | 'storage-refused'
  /** Another connection holds the database open at an older version and does not let go. */
  | 'storage-blocked'
  /** The database was written by a newer Sotto; it is left untouched. */
  | 'storage-newer'
  /** The disk or the origin's quota is full. */
  | 'storage-quota'
  /** The connection was lost and could not be opened again. */
  | 'storage-lost'
  /** The requested backend cannot run here, or was lost and has no successor. */
  | 'compute-failed'
  /** The worker's script did not load, or it never said that it is ready. */
  | 'worker-failed'
  /** The worker crashed or hung more than once. */
  | 'worker-lost'
  /** Page and worker speak different protocol versions. */
  | 'protocol-mismatch'
  /** A call got no answer within its deadline, though the worker lives. */
  | 'deadline'
  /** `close()` was called while this call was under way, or before it. */
  | 'closed'
  /** A signal plan breaks its format, or asks for what no plan may; `details.path` names the field. */
  | 'plan-invalid'
  /** Signals need what browsers give only to pages served by https, or from this machine. */
  | 'page-insecure'
  /** A report breaks its format; `details.reason` says how. */
  | 'report-invalid'
  /** A key that a report is to be encrypted with could not be had, or is of a kind that is not spoken. */
  | 'keys-failed'
  /** A defect in Sotto itself. */
  | 'internal'

/** What an error may carry beside its message: plain facts, never anything the visitor did. */
export type ErrorDetails = Readonly<Record<string, string | number | boolean>>

/** A failure as it crosses the worker border, where class instances lose everything but their message. */
export type Failure = { readonly code: SottoErrorCode; readonly message: string; readonly details: ErrorDetails }

/**
 * The one error class of Sotto.
 *
 * @example
 * try { sotto.track('view_itm') } catch (error) {
 *   if (error instanceof SottoError && error.code === 'invalid-argument') console.warn(error.message)
 * }
 */
export class SottoError extends Error {
  readonly code: SottoErrorCode
  readonly details: ErrorDetails
  constructor(code: SottoErrorCode, message: string, details: ErrorDetails = {}, options?: { cause?: unknown }) {
    super(message, options)
    this.name = 'SottoError'
    this.code = code
    this.details = details
  }
}

/** Turns anything thrown into plain data for the border; what is not a `SottoError` is a defect: `internal`. */
export function toFailure(thrown: unknown): Failure {
  if (thrown instanceof SottoError) return { code: thrown.code, message: thrown.message, details: thrown.details }
  const message = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  return { code: 'internal', message, details: {} }
}

/** Rebuilds the error on the other side of the border. */
export function fromFailure({ code, message, details }: Failure): SottoError {
  return new SottoError(code, message, details)
}
