import { Aes128Gcm, CipherSuite, DhkemP256HkdfSha256, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core'

/** Key encapsulation by the number that RFC 9180, section 7.1, gives it. X25519 is what gateways speak; P-256 is what older browsers can. */
export const KEM = { p256: 0x0010, x25519: 0x0020 } as const
/** Key derivation by HKDF-SHA256 and encryption by AES-128-GCM: the one pair that is spoken, and that all gateways speak. */
export const KDF = 1
export const AEAD = 1
/** Of a response's nonce, its key and its secret: the greater of the lengths that AES-128-GCM has for key and nonce. */
export const SECRET_BYTES = 16

/** HPKE (RFC 9180) with a KEM. @returns nothing for one that is not spoken here. */
export function cipherSuite(kem: number): CipherSuite | undefined {
  const spoken = kem === KEM.x25519 ? new DhkemX25519HkdfSha256() : kem === KEM.p256 ? new DhkemP256HkdfSha256() : undefined
  return spoken && new CipherSuite({ kem: spoken, kdf: new HkdfSha256(), aead: new Aes128Gcm() })
}
