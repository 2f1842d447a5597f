import { SottoError } from '../../../src/shared/errors'
import { decodeResponse, encodeRequest } from '../../../src/shared/oblivious/binary-http'
import { encapsulate } from '../../../src/shared/oblivious/encapsulated-request'
import { type KeyConfiguration, readKeyConfigurations } from '../../../src/shared/oblivious/key-configuration'
import { openResponse } from '../../../src/shared/oblivious/sealed-response'
import { ANONYMOUS, DEADLINE_MS, type Fetch } from './anonymous-request'
import { outcomeOf } from './outcome-of'
import type { SendOutcome, Transport } from './transport'

export type ObliviousTransportOptions = {
  /** Makes the reports: what leaves is the same as without a relay. */
  readonly local: Pick<Transport, 'prepare'>
  /** Absolute URL of a relay that forwards to the collector's gateway, run by somebody else than the collector. */
  readonly relay: string
  /** Absolute URL where the gateway's keys are (`application/ohttp-keys`), or these bytes themselves in base64. */
  readonly keys: string
  /** Absolute URL that reports go to, which the relay does not see. */
  readonly collector: string
  readonly fetch: Fetch
}

/**
 * Sends local reports by Oblivious HTTP (RFC 9458): the relay learns the sender's address and nothing of the report, the collector the report and no address.
 * Each sending encapsulates anew, always to the same size; the collector tells repetitions by the report's own nonce. Whatever goes wrong on the way, keys that are
 * of no use included, is `later`, and keys are asked for again then; only the collector's own answer, which no relay can forge, is final.
 */
export function createObliviousTransport({ local, relay, keys, collector, fetch }: ObliviousTransportOptions): Transport {
  let known: Promise<KeyConfiguration[]> | undefined
  let cache: RequestCache = 'default'
  return {
    prepare: (answer) => local.prepare(answer),
    async send(report): Promise<SendOutcome> {
      try {
        known ??= readKeys(keys, fetch, cache)
        const { bytes, exchange } = await encapsulate(await known, requestFor(collector, report))
        const headers = { 'Content-Type': 'message/ohttp-req' }
        const request = { ...ANONYMOUS, method: 'POST', headers, body: bytes, keepalive: true, signal: AbortSignal.timeout(DEADLINE_MS) }
        const sealed = await contentOf(await fetch(relay, request))
        const { status, content } = decodeResponse(await openResponse(exchange, sealed))
        return await outcomeOf(status, async () => new TextDecoder().decode(content))
      } catch {
        known = undefined
        cache = 'reload'
        return 'later'
      }
    },
  }
}

function requestFor(collector: string, content: Uint8Array): Uint8Array {
  const { protocol, host, pathname, search } = new URL(collector)
  return encodeRequest({ method: 'POST', scheme: protocol.slice(0, -1), authority: host, path: pathname + search, content })
}

/** From the browser's cache where it has them: asked for just before each report, keys would tell their host when it comes and from which address. */
async function readKeys(keys: string, fetch: Fetch, cache: RequestCache): Promise<KeyConfiguration[]> {
  if (!keys.includes(':')) return readKeyConfigurations(Uint8Array.from(atob(keys), (character) => character.charCodeAt(0)))
  const request = { ...ANONYMOUS, cache, headers: { Accept: 'application/ohttp-keys' }, signal: AbortSignal.timeout(DEADLINE_MS) }
  return readKeyConfigurations(await contentOf(await fetch(keys, request)))
}

/** @throws SottoError `keys-failed` for any status but success: the exchange cannot go on. */
async function contentOf(response: Response): Promise<Uint8Array> {
  if (!response.ok) throw new SottoError('keys-failed', `relay or gateway answered with status ${response.status}`)
  return new Uint8Array(await response.arrayBuffer())
}
