import { SottoError } from '../errors'
import { ascii } from './ascii'
import { ByteReader } from './byte-reader'
import { AEAD, cipherSuite, KDF } from './cipher-suite'
import { type KeyConfiguration, twoBytes } from './key-configuration'
import type { Exchange } from './sealed-response'

type Suite = NonNullable<ReturnType<typeof cipherSuite>>
type SenderParams = Parameters<Suite['createSenderContext']>[0]
type PrivateKey = Parameters<Suite['createRecipientContext']>[0]['recipientKey']

/** A key of a gateway, with what opens requests to it. */
export type GatewayKey = KeyConfiguration & { readonly privateKey: PrivateKey }

/**
 * Encrypts a binary HTTP request to a gateway (RFC 9458, section 4.3), with the first of its keys that this machine can use.
 * @param message as `encodeRequest` makes it. The result is 55 bytes longer with X25519, 88 with P-256.
 * @param ephemeral fixes what is random otherwise, for test vectors.
 * @throws SottoError `keys-failed` if none can be used.
 */
export async function encapsulate(
  configurations: readonly KeyConfiguration[],
  message: Uint8Array,
  ephemeral?: SenderParams['ekm'],
): Promise<{ readonly bytes: Uint8Array<ArrayBuffer>; readonly exchange: Exchange }> {
  for (const { id, kem, publicKey } of configurations) {
    const suite = cipherSuite(kem)
    const recipientPublicKey = await suite?.kem.deserializePublicKey(publicKey).catch(() => undefined)
    // Of another gateway's world, or X25519 in a browser that has none.
    if (!suite || !recipientPublicKey) continue
    const header = headerOf(id, kem)
    const context = await suite.createSenderContext({ recipientPublicKey, info: infoOf(header), ...(ephemeral && { ekm: ephemeral }) })
    const enc = new Uint8Array(context.enc)
    const sealed = new Uint8Array(await context.seal(message))
    return { bytes: Uint8Array.from([...header, ...enc, ...sealed]), exchange: { suite, context, enc } }
  }
  throw new SottoError('keys-failed', `of the gateway's keys (${configurations.length} in kinds that are spoken) none can be used here`)
}

/**
 * Decrypts a request to a gateway.
 * @throws SottoError `keys-failed` if it is for a key that is not among `keys` (any more): the sender should ask for the current ones; `report-invalid` with
 *         `details.reason` `encapsulation` or `truncated` if it was changed, or is none.
 */
export async function decapsulate(
  keys: readonly GatewayKey[],
  bytes: Uint8Array,
): Promise<{ readonly message: Uint8Array<ArrayBuffer>; readonly exchange: Exchange }> {
  const reader = new ByteReader(bytes)
  const [id, kem, kdf, aead] = [reader.number(1), reader.number(2), reader.number(2), reader.number(2)]
  const key = keys.find((one) => one.id === id && one.kem === kem)
  const suite = cipherSuite(kem)
  if (!key || !suite || kdf !== KDF || aead !== AEAD) {
    throw new SottoError('keys-failed', `no key ${id} for algorithms ${kem}, ${kdf}, ${aead} is held here; ask for the current ones`, {
      key: id,
    })
  }
  const enc = reader.take(suite.kem.encSize)
  try {
    const context = await suite.createRecipientContext({ recipientKey: key.privateKey, enc, info: infoOf(headerOf(id, kem)) })
    return { message: new Uint8Array(await context.open(reader.take(reader.left))), exchange: { suite, context, enc } }
  } catch (cause) {
    throw new SottoError('report-invalid', 'an encapsulated request does not decrypt', { reason: 'encapsulation' }, { cause })
  }
}

function headerOf(id: number, kem: number): number[] {
  return [id, ...twoBytes(kem), ...twoBytes(KDF), ...twoBytes(AEAD)]
}

function infoOf(header: readonly number[]): Uint8Array {
  return Uint8Array.from([...ascii('message/bhttp request'), 0, ...header])
}
