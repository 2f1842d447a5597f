import { hash, randomBytes } from 'node:crypto'
import { isIPv6 } from 'node:net'

/** After this, nobody can tell that two requests came from one address. */
const SALT_MS = 3_600_000
/** Of an IPv6 address the part that one household or host has to itself: it may use any of the rest. Groups of 16 bits. */
const HOUSEHOLD_GROUPS = 4

/**
 * Names addresses for counting requests, in memory only, under a salt that nobody knows and that is thrown away every hour.
 * @param now milliseconds since 1970. @returns the same short text for the same address, for as long as the salt lasts.
 */
export function addressKey(now: () => number, random: (size: number) => Uint8Array = randomBytes): (address: string) => string {
  let [salt, since] = [saltOf(random), now()]
  return (address) => {
    if (now() - since >= SALT_MS) [salt, since] = [saltOf(random), now()]
    return hash('sha256', salt + householdOf(address), 'base64').slice(0, 16)
  }
}

function saltOf(random: (size: number) => Uint8Array): string {
  return Buffer.from(random(16)).toString('hex')
}

function householdOf(address: string): string {
  if (!isIPv6(address) || address.includes('.')) return address
  const [head = '', tail] = address.split('::')
  const [left, right] = [head, tail ?? ''].map((part) => part.split(':').filter(Boolean)) as [string[], string[]] // two of two
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length
  return [...left, ...Array<string>(zeros).fill('0'), ...right].slice(0, HOUSEHOLD_GROUPS).join(':')
}
