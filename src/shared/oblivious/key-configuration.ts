import { ByteReader } from './byte-reader'
import { AEAD, cipherSuite, KDF } from './cipher-suite'

/** A gateway's key (RFC 9458, section 3.1), of those that are spoken here. */
export type KeyConfiguration = {
  /** 0 to 255. */
  readonly id: number
  /** One of `KEM`. */
  readonly kem: number
  readonly publicKey: Uint8Array<ArrayBuffer>
}

/**
 * Reads `application/ohttp-keys` (RFC 9458, section 3.2), in the gateway's order of preference. Keys of other algorithms are passed over, so that a gateway may offer new ones.
 * @throws SottoError `report-invalid`, `details.reason` `truncated`.
 */
export function readKeyConfigurations(bytes: Uint8Array): KeyConfiguration[] {
  const list = new ByteReader(bytes)
  const configurations: KeyConfiguration[] = []
  while (list.left > 0) {
    const configuration = readConfiguration(new ByteReader(list.take(list.number(2))))
    if (configuration) configurations.push(configuration)
  }
  return configurations
}

function readConfiguration(reader: ByteReader): KeyConfiguration | undefined {
  const id = reader.number(1)
  const kem = reader.number(2)
  const suite = cipherSuite(kem)
  // How long the key is depends on its kind.
  if (!suite) return undefined
  const publicKey = reader.take(suite.kem.publicKeySize)
  const pairs = new ByteReader(reader.take(reader.number(2)))
  let isSpoken = false
  while (pairs.left > 0) {
    const [kdf, aead] = [pairs.number(2), pairs.number(2)]
    isSpoken ||= kdf === KDF && aead === AEAD
  }
  return isSpoken ? { id, kem, publicKey } : undefined
}

/** The same, written: each key with the one pair of symmetric algorithms that is spoken. */
export function encodeKeyConfigurations(configurations: readonly KeyConfiguration[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(
    configurations.flatMap(({ id, kem, publicKey }) => {
      const bytes = [id, ...twoBytes(kem), ...publicKey, ...twoBytes(4), ...twoBytes(KDF), ...twoBytes(AEAD)]
      return [...twoBytes(bytes.length), ...bytes]
    }),
  )
}

/** Big-endian. */
export function twoBytes(value: number): [number, number] {
  return [value >> 8, value & 255]
}
