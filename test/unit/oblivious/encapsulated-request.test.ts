import { describe, expect, test } from 'vitest'
import { decodeRequest, decodeResponse, encodeRequest, encodeResponse } from '../../../src/shared/oblivious/binary-http'
import { cipherSuite, KEM } from '../../../src/shared/oblivious/cipher-suite'
import { decapsulate, encapsulate } from '../../../src/shared/oblivious/encapsulated-request'
import { encodeKeyConfigurations, readKeyConfigurations } from '../../../src/shared/oblivious/key-configuration'
import { openResponse, sealResponse } from '../../../src/shared/oblivious/sealed-response'
import { hexBytes } from '../../support/hex-bytes'
import { gatewayKey } from '../../support/oblivious-keys'
import vector from '../../vectors/oblivious-http.json'

const NONCE = hexBytes(vector.responseNonce)
const MESSAGE = Uint8Array.from({ length: 80 }, (_, at) => at)

/** A configuration behind its length, as the media type has it; the RFC's example shows one without. */
function listed(configuration: Uint8Array): Uint8Array {
  return Uint8Array.from([0, configuration.length, ...configuration])
}

describe('the example of RFC 9458, Appendix A', () => {
  const configurations = readKeyConfigurations(listed(hexBytes(vector.keyConfiguration)))
  const { kem } = cipherSuite(KEM.x25519)!

  test('its key is read', () => {
    expect(configurations).toEqual([{ id: 1, kem: KEM.x25519, publicKey: hexBytes(vector.keyConfiguration).slice(3, 35) }])
  })

  test('the client encapsulates its request and opens its response', async () => {
    const privateKey = await kem.deserializePrivateKey(hexBytes(vector.ephemeralSecretKey))
    const publicKey = await kem.deserializePublicKey(hexBytes(vector.encapsulatedRequest).slice(7, 39))
    const { bytes, exchange } = await encapsulate(configurations, hexBytes(vector.request), { privateKey, publicKey })
    expect(bytes).toEqual(hexBytes(vector.encapsulatedRequest))
    const response = await openResponse(exchange, hexBytes(vector.encapsulatedResponse))
    expect(response).toEqual(hexBytes(vector.response))
    expect(decodeResponse(response)).toEqual({ status: 200, content: new Uint8Array() })
  })

  test('the gateway decapsulates the request and seals the response', async () => {
    const privateKey = await kem.deserializePrivateKey(hexBytes(vector.gatewaySecretKey))
    const { message, exchange } = await decapsulate([{ ...configurations[0]!, privateKey }], hexBytes(vector.encapsulatedRequest))
    expect(message).toEqual(hexBytes(vector.request))
    expect(decodeRequest(message)).toEqual({
      method: 'GET',
      scheme: 'https',
      authority: 'example.com',
      path: '/',
      content: new Uint8Array(),
    })
    expect(await sealResponse(exchange, NONCE, hexBytes(vector.response))).toEqual(hexBytes(vector.encapsulatedResponse))
  })
})

describe.each(Object.entries(KEM))('an exchange with %s', (_name, kem) => {
  test('carries a request there and a response back, the request as long as stated', async () => {
    const key = await gatewayKey(9, kem, 'gateway')
    const sent = await encapsulate([key], MESSAGE)
    expect(sent.bytes.length - MESSAGE.length).toBe(kem === KEM.x25519 ? 55 : 88)
    const received = await decapsulate([await gatewayKey(8, kem, 'before'), key], sent.bytes)
    expect(received.message).toEqual(MESSAGE)
    const answer = await sealResponse(received.exchange, NONCE, encodeResponse({ status: 429, content: MESSAGE }))
    expect(decodeResponse(await openResponse(sent.exchange, answer))).toEqual({ status: 429, content: MESSAGE })
  })

  test('a byte changed anywhere is noticed', async () => {
    const key = await gatewayKey(9, kem, 'gateway')
    const { bytes, exchange } = await encapsulate([key], MESSAGE)
    for (let at = 0; at < bytes.length; at += 5) {
      const changed = bytes.slice()
      changed[at]! ^= 1
      await expect(decapsulate([key], changed)).rejects.toMatchObject({ code: at < 7 ? 'keys-failed' : 'report-invalid' })
    }
    const answer = await sealResponse((await decapsulate([key], bytes)).exchange, NONCE, MESSAGE)
    for (let at = 0; at < answer.length; at += 5) {
      const changed = answer.slice()
      changed[at]! ^= 1
      await expect(openResponse(exchange, changed)).rejects.toMatchObject({ details: { reason: 'encapsulation' } })
    }
  })

  test('what is cut off is refused, wherever it is cut', async () => {
    const key = await gatewayKey(9, kem, 'gateway')
    const { bytes } = await encapsulate([key], MESSAGE)
    for (let length = 0; length < bytes.length; length += 5) {
      await expect(decapsulate([key], bytes.slice(0, length))).rejects.toMatchObject({ code: 'report-invalid' })
    }
  })
})

test('two requests of one sender have nothing in common but the key that they are for', async () => {
  const key = await gatewayKey(9, KEM.x25519, 'gateway')
  const [one, other] = [await encapsulate([key], MESSAGE), await encapsulate([key], MESSAGE)]
  const same = one.bytes.filter((byte, at) => at >= 7 && byte === other.bytes[at]).length
  expect(same).toBeLessThan(10)
})

describe('which key is used', () => {
  test('the first that can be; one that is damaged is passed over', async () => {
    const good = await gatewayKey(2, KEM.p256, 'gateway')
    const damaged = { ...good, id: 1, publicKey: new Uint8Array(65) }
    expect((await encapsulate([damaged, good], MESSAGE)).bytes[0]).toBe(2)
  })

  test('none: said', async () => {
    await expect(encapsulate([], MESSAGE)).rejects.toMatchObject({ code: 'keys-failed' })
  })

  test('a gateway says that it has no such key, whatever number the request names', async () => {
    const { bytes } = await encapsulate([await gatewayKey(9, KEM.x25519, 'gateway')], MESSAGE)
    const other = await gatewayKey(9, KEM.p256, 'gateway')
    await expect(decapsulate([other], bytes)).rejects.toMatchObject({ code: 'keys-failed', details: { key: 9 } })
  })
})

describe('key configurations', () => {
  test('what is written is read again', async () => {
    const keys = [await gatewayKey(0, KEM.x25519, 'one'), await gatewayKey(255, KEM.p256, 'two')]
    const read = readKeyConfigurations(encodeKeyConfigurations(keys))
    expect(read).toEqual(keys.map(({ id, kem, publicKey }) => ({ id, kem, publicKey })))
  })

  test('of algorithms that are not spoken, they are passed over, and the others kept', async () => {
    const key = await gatewayKey(3, KEM.x25519, 'gateway')
    const unknownKem = [0, 5, 1, 0x64, 0x7a, 9, 9]
    const chacha = listed(Uint8Array.from([7, 0, 0x20, ...key.publicKey, 0, 4, 0, 1, 0, 3]))
    const otherHash = listed(Uint8Array.from([8, 0, 0x20, ...key.publicKey, 0, 4, 0, 3, 0, 1]))
    const second = listed(Uint8Array.from([9, 0, 0x20, ...key.publicKey, 0, 8, 0, 2, 0, 2, 0, 1, 0, 1]))
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
})

test('a request is written as it is read', () => {
  const request = { method: 'POST', scheme: 'https', authority: 'collect.example:8443', path: '/v1/reports', content: MESSAGE }
  expect(decodeRequest(encodeRequest(request))).toEqual(request)
})
