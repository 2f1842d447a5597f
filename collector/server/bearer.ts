import { createHash, timingSafeEqual } from 'node:crypto'

/** Shorter ones can be guessed. */
export const LEAST_TOKEN_LENGTH = 16

/**
 * Whether an `Authorization` header holds this token. Takes as long for a token that is nearly right as for one that is not.
 * @param token undefined: nobody has it.
 */
export function holdsToken(header: string | undefined, token: string | undefined): boolean {
  if (token === undefined || header === undefined || !header.startsWith('Bearer ')) return false
  return timingSafeEqual(digest(header.slice('Bearer '.length)), digest(token))
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
