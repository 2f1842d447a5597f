import { expect, test } from 'vitest'
import { KEM } from '../../../src/shared/oblivious/cipher-suite'
import { encodeKeyConfigurations, readKeyConfigurations } from '../../../src/shared/oblivious/key-configuration'
import { gatewayKey, listedKey } from '../../support/oblivious-keys'

test('what is written is read again', async () => {
  const keys = [await gatewayKey(0, KEM.x25519, 'one'), await gatewayKey(255, KEM.p256, 'two')]
  const read = readKeyConfigurations(encodeKeyConfigurations(keys))
  expect(read).toEqual(keys.map(({ id, kem, publicKey }) => ({ id, kem, publicKey })))
})

test('of algorithms that are not spoken, they are passed over, and the others kept', async () => {
  const key = await gatewayKey(3, KEM.x25519, 'gateway')
  const unknownKem = [0, 5, 1, 0x64, 0x7a, 9, 9]
  const chacha = listedKey(Uint8Array.from([7, 0, 0x20, ...key.publicKey, 0, 4, 0, 1, 0, 3]))
  const otherHash = listedKey(Uint8Array.from([8, 0, 0x20, ...key.publicKey, 0, 4, 0, 3, 0, 1]))
  const second = listedKey(Uint8Array.from([9, 0, 0x20, ...key.publicKey, 0, 8, 0, 2, 0, 2, 0, 1, 0, 1]))
  const all = Uint8Array.from([...unknownKem, ...chacha, ...otherHash, ...encodeKeyConfigurations([key]), ...second])
  expect(readKeyConfigurations(all).map(({ id }) => id)).toEqual([3, 9])
})

test.each([[[0]], [[0, 5, 1]], [[0, 3, 1, 0, 0x20]], [[0, 40, ...new Array(40).fill(0)].with(3, 0).with(4, 0x20).with(38, 9)]])(
  'cut off: %j',
  (bytes) => {
    expect(() => readKeyConfigurations(Uint8Array.from(bytes))).toThrow(expect.objectContaining({ details: { reason: 'truncated' } }))
  },
)

test('none: none', () => {
  expect(readKeyConfigurations(new Uint8Array())).toEqual([])
})
