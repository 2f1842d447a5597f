import { SottoError } from '../../src/shared/errors'

/** What is learned rests on at least so many visitors; measured to be better than none, too. */
export const DEFAULT_SUPPORT = 5
/** With fewer, one visitor's doings could be read from a pack that everyone downloads. */
const LEAST_SUPPORT = 3

/**
 * @param text as it was given, for the message.
 * @throws SottoError `invalid-argument` for less than is safe.
 */
export function checkSupport(support: number, text = String(support)): number {
  if (Number.isSafeInteger(support) && support >= LEAST_SUPPORT) return support
  const why = 'everyone can read a pack, and with fewer visitors it would tell what single ones did'
  throw new SottoError('invalid-argument', `support is ${text}, expected a whole number of at least ${LEAST_SUPPORT}: ${why}`)
}
