import { SottoError } from '../../../src/shared/errors'

/** What the GPU index throws: `compute-failed`, so that another index can do the work. @param cause what the browser said. */
export function gpuFailure(what: string, cause?: unknown): SottoError {
  return new SottoError('compute-failed', `the GPU cannot score: ${what}`, {}, { cause })
}
