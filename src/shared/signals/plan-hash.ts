import { PLAN_TAG_BYTES } from './report'

/** Web Crypto, the same in pages, workers and Node: this room has the types of none of them. */
declare const crypto: { readonly subtle: { digest(name: 'SHA-256', bytes: Uint8Array): Promise<ArrayBuffer> } }

/**
 * Tells plans apart, and a changed one from the one before.
 * @param bytes as fetched or read from disk, not parsed and written again.
 * @returns [32] SHA-256.
 */
export async function hashPlan(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

/** What reports carry of the hash. @returns [PLAN_TAG_BYTES], a copy. */
export function planTag(hash: Uint8Array): Uint8Array {
  return hash.slice(0, PLAN_TAG_BYTES)
}

/** Two lower-case digits a byte. */
export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
