import { SottoError } from '../../src/shared/errors'
import type { EstimatesDocument } from '../../src/shared/signals/estimates'
import { readEstimates } from './read-estimates'

/**
 * Asks the collector for all that it published.
 *
 * @throws SottoError `internal`: it did not answer, answered otherwise than with 200, or in another format.
 */
export async function loadEstimates(url: URL, fetchJson: typeof fetch): Promise<EstimatesDocument> {
  const response = await fetchJson(url, { credentials: 'omit', headers: { accept: 'application/json' } }).catch((cause: unknown) => {
    throw new SottoError('internal', 'The collector did not answer; does it run, and can it be reached from here?', {}, { cause })
  })
  if (!response.ok)
    throw new SottoError('internal', `The collector answered ${response.status} where 200 was expected; its log says why.`, {
      status: response.status,
    })
  const value: unknown = await response.json().catch((cause: unknown) => {
    throw new SottoError('internal', 'The collector’s answer is no JSON; is something else served under its address?', {}, { cause })
  })
  return readEstimates(value)
}
