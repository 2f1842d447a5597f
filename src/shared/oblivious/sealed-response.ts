import type { CipherSuite } from '@hpke/core'
import { SottoError } from '../errors'
import { ascii } from './ascii'
import { SECRET_BYTES } from './cipher-suite'

/** Either side's HPKE context: both derive the same secret from it. */
type Exporter = { export(context: ArrayBufferLike, length: number): Promise<ArrayBuffer> }

/** What both sides of an exchange know once the request is there. */
export type Exchange = {
  readonly suite: CipherSuite
  readonly context: Exporter
  /** The encapsulated key of the request. */
  readonly enc: Uint8Array
}

/** Encrypts the answer to a request (RFC 9458, section 4.4). @param nonce [SECRET_BYTES], random, of this answer alone. */
export async function sealResponse(exchange: Exchange, nonce: Uint8Array, message: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { cipher, iv } = await responseKeys(exchange, nonce)
  return Uint8Array.from([...nonce, ...new Uint8Array(await cipher.seal(iv, message, new ArrayBuffer()))])
}

/** Decrypts it. @throws SottoError `report-invalid`, `details.reason` `encapsulation`, if it is not the answer to this request or was changed. */
export async function openResponse(exchange: Exchange, bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const { cipher, iv } = await responseKeys(exchange, bytes.subarray(0, SECRET_BYTES))
  try {
    return new Uint8Array(await cipher.open(iv, bytes.subarray(SECRET_BYTES), new ArrayBuffer()))
  } catch (cause) {
    throw new SottoError('report-invalid', 'the answer of the gateway does not decrypt', { reason: 'encapsulation' }, { cause })
  }
}

async function responseKeys({ suite, context, enc }: Exchange, nonce: Uint8Array) {
  const secret = await context.export(ascii('message/bhttp response').buffer, SECRET_BYTES)
  const salt = Uint8Array.from([...enc, ...nonce])
  const derive = (label: string, length: number) => suite.kdf.extractAndExpand(salt, secret, ascii(label), length)
  const cipher = suite.aead.createEncryptionContext(await derive('key', suite.aead.keySize))
  return { cipher, iv: await derive('nonce', suite.aead.nonceSize) }
}
