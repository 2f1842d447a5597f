import { SottoError } from '../../src/shared/errors'
import { type BinaryRequest, decodeRequest, encodeResponse } from '../../src/shared/oblivious/binary-http'
import { SECRET_BYTES } from '../../src/shared/oblivious/cipher-suite'
import { decapsulate } from '../../src/shared/oblivious/encapsulated-request'
import { encodeKeyConfigurations } from '../../src/shared/oblivious/key-configuration'
import { sealResponse } from '../../src/shared/oblivious/sealed-response'
import type { GatewayKeys } from './gateway-keys'

export type GatewayOptions = {
  readonly keys: GatewayKeys
  /** Where the collector takes reports: the one path that requests may name. */
  readonly path: string
  /** Bytes of a report: content of any other size is given to nobody. */
  readonly reportBytes: number
  /** Gives a report to the collector's own route. @returns the HTTP status of its answer. */
  readonly inject: (report: Uint8Array) => Promise<number>
  readonly randomBytes: (count: number) => Uint8Array
}

/** What the relay is answered. `ohttp-key`: the sender should ask for the current keys; `malformed`: this is no encapsulated request. */
export type GatewayAnswer =
  | { readonly kind: 'sealed'; readonly body: Uint8Array }
  | { readonly kind: 'ohttp-key' | 'malformed'; readonly message: string }

/**
 * An Oblivious Gateway (RFC 9458) for one target, the collector it is part of: it forwards nowhere else. It sees the relay's address and the report, never the
 * sender's address, and it answers with a status in a message of fixed size, so that the relay cannot tell how it went. A request that is repeated is
 * given to the collector again, which tells it by its nonce.
 */
export class Gateway {
  constructor(private readonly options: GatewayOptions) {}

  /** The current keys, as `application/ohttp-keys`. */
  async configurations(): Promise<Uint8Array> {
    return encodeKeyConfigurations(await this.options.keys.published())
  }

  /** @param bytes of an encapsulated request (`message/ohttp-req`). Rejects only as `inject` does. */
  async answer(bytes: Uint8Array): Promise<GatewayAnswer> {
    const opened = await this.#open(bytes)
    if ('kind' in opened) return opened
    const status = await this.#answerTo(opened.message)
    const nonce = this.options.randomBytes(SECRET_BYTES)
    return { kind: 'sealed', body: await sealResponse(opened.exchange, nonce, encodeResponse({ status, content: new Uint8Array() })) }
  }

  async #open(bytes: Uint8Array): Promise<GatewayAnswer | Awaited<ReturnType<typeof decapsulate>>> {
    try {
      return await decapsulate(await this.options.keys.accepted(), bytes)
    } catch (thrown) {
      if (!(thrown instanceof SottoError)) throw thrown
      return { kind: thrown.code === 'keys-failed' ? 'ohttp-key' : 'malformed', message: thrown.message }
    }
  }

  async #answerTo(message: Uint8Array): Promise<number> {
    const request = readOrNothing(message)
    if (!request) return 400
    if (request.path !== this.options.path) return 404
    if (request.method !== 'POST') return 405
    // One report a request: who sends many at once has a token, and no need to hide.
    return request.content.length === this.options.reportBytes ? this.options.inject(request.content) : 400
  }
}

function readOrNothing(message: Uint8Array): BinaryRequest | undefined {
  try {
    return decodeRequest(message)
  } catch (thrown) {
    if (thrown instanceof SottoError) return undefined
    throw thrown
  }
}
