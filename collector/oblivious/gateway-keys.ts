import { createHmac } from 'node:crypto'
import { cipherSuite, KEM } from '../../src/shared/oblivious/cipher-suite'
import type { GatewayKey } from '../../src/shared/oblivious/encapsulated-request'

/** In the order of preference that is published. */
const KEMS = [KEM.x25519, KEM.p256] as const
/** At least: less could be guessed. */
export const SECRET_BYTES = 32
/** Requests are encapsulated when they leave, so a key is of use for a visit; two periods leave time for sites that pin it. */
const PERIOD_MS = 28 * 86_400_000

export type GatewayKeysOptions = {
  /** [SECRET_BYTES or more] random, kept: all keys come of it, so that several collectors have the same ones and a restart changes none. */
  readonly secret: Uint8Array
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** How long a key is published. Default 28 days; `Infinity`: for ever. */
  readonly periodMs?: number
}

/**
 * A gateway's keys, a new one of each kind every period. Whoever has the secret can open what was recorded at any time: the keys change so that a leaked key
 * (not a leaked secret) opens two periods at most.
 */
export class GatewayKeys {
  readonly #secret: Uint8Array
  readonly #now: () => number
  readonly #periodMs: number
  readonly #made = new Map<number, Promise<GatewayKey[]>>()

  /** @throws RangeError for a secret that is too short. */
  constructor({ secret, now, periodMs = PERIOD_MS }: GatewayKeysOptions) {
    if (secret.length < SECRET_BYTES)
      throw new RangeError(`a gateway's secret has at least ${SECRET_BYTES} random bytes; got ${secret.length}`)
    this.#secret = secret
    this.#now = now
    this.#periodMs = periodMs
  }

  /** What clients are told to use. */
  published(): Promise<readonly GatewayKey[]> {
    return this.#keysOf(this.#period())
  }

  /** What is opened: the period before too, for what was fetched or pinned then, and the next, for a collector beside this one whose clock runs ahead. */
  async accepted(): Promise<readonly GatewayKey[]> {
    const period = this.#period()
    const periods = [period, period - 1, period + 1]
    for (const made of this.#made.keys()) if (!periods.includes(made)) this.#made.delete(made)
    return (await Promise.all(periods.map((one) => this.#keysOf(one)))).flat()
  }

  #period(): number {
    return Math.floor(this.#now() / this.#periodMs)
  }

  #keysOf(period: number): Promise<GatewayKey[]> {
    const made = this.#made.get(period) ?? Promise.all(KEMS.map((kem, at) => this.#make(period, kem, at)))
    this.#made.set(period, made)
    return made
  }

  async #make(period: number, kem: number, at: number): Promise<GatewayKey> {
    const suite = cipherSuite(kem)
    if (!suite) throw new RangeError(`there is no cipher suite with KEM ${kem}`)
    const ikm = createHmac('sha512', this.#secret).update(`sotto oblivious gateway ${kem} ${period}`).digest()
    const { publicKey, privateKey } = await suite.kem.deriveKeyPair(ikm)
    // Different among all that are accepted at a time.
    const id = (period * KEMS.length + at) & 255
    return { id, kem, publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)), privateKey }
  }
}
