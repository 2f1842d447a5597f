import { type Failure, SottoError, toFailure } from '../../src/shared/errors'
import { systemReason } from '../../src/shared/system-reason'
import type { CommandIo } from './command'
import { UsageError } from './usage-error'

/** Exit codes: it could not be done; it was called wrongly. */
const FAILED = 1
const MISUSED = 2

type TellFailureOptions = {
  /** As it is called: `sotto`, `sotto pack`. */
  readonly command: string
  /** Whether its result would have been JSON. */
  readonly isJson: boolean
}

/**
 * Says why a command failed: for people on `warn`, with where more is told; for programs one object of JSON, `{ code, message, details }`, on
 * `print`, where the result would have been.
 * @returns the exit code: 1 for what cannot be done, 2 for a command that was called wrongly.
 * @throws what is a defect; for programs it is told before, as `internal`.
 */
export function tellFailure(thrown: unknown, io: CommandIo, { command, isJson }: TellFailureOptions): number {
  const isMisuse = thrown instanceof UsageError
  const failure = failureOf(thrown)
  if (isJson) io.print(JSON.stringify(failure, null, 2))
  if (failure.code === 'internal') throw thrown
  if (!isJson) io.warn(`${command}: ${failure.message}${isMisuse ? `\n${command} --help tells more` : ''}`)
  return isMisuse ? MISUSED : FAILED
}

function failureOf(thrown: unknown): Failure {
  if (thrown instanceof UsageError) return { code: 'invalid-argument', message: thrown.message, details: {} }
  // A full disk, a folder that must not be written, where nobody nearer knew what it was for.
  if (!(thrown instanceof SottoError) && thrown instanceof Error && 'syscall' in thrown) {
    const path = 'path' in thrown ? `${thrown.path}: ` : ''
    return { code: 'invalid-argument', message: `${path}${systemReason(thrown)}`, details: {} }
  }
  return toFailure(thrown)
}
