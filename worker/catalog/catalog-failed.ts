import { type ErrorDetails, SottoError, toFailure } from '../../src/shared/errors'

/** The one error of a catalog that cannot be had. `reason` is a word that programs may switch on. */
export function catalogFailed(reason: string, what: string, details: ErrorDetails = {}, cause?: unknown): SottoError {
  return new SottoError('catalog-failed', `Catalog: ${what}`, { ...details, reason }, { cause })
}

/** What kept a catalog from being opened, as `catalog-failed` with the code beneath it as its reason; `closed` stays what it is. */
export function asCatalogError(thrown: unknown): SottoError {
  if (thrown instanceof SottoError && (thrown.code === 'catalog-failed' || thrown.code === 'closed')) return thrown
  const { code, message, details } = toFailure(thrown)
  return catalogFailed(code, message, details, thrown)
}

/** What calls get that were under way when the catalog was closed, or came after. */
export function catalogClosed(): SottoError {
  return new SottoError('closed', 'Catalog: closed while it was loading, or before')
}
