import { cipherSuite } from '../../src/shared/oblivious/cipher-suite'
import type { GatewayKey } from '../../src/shared/oblivious/encapsulated-request'

/** A gateway's key, made from a text. @param kem one of `KEM`. */
export async function gatewayKey(id: number, kem: number, from: string): Promise<GatewayKey> {
  const suite = cipherSuite(kem)!
  const ikm = new TextEncoder().encode(from.padEnd(64))
  const { publicKey, privateKey } = await suite.kem.deriveKeyPair(ikm)
  return { id, kem, publicKey: new Uint8Array(await suite.kem.serializePublicKey(publicKey)), privateKey }
}

/** A key configuration behind its length, as lists of them have it; RFC 9458 shows one without. */
export function listedKey(configuration: Uint8Array): Uint8Array {
  return Uint8Array.from([0, configuration.length, ...configuration])
}
