import { describe, expect, test } from 'vitest'
import { decodeRequest, decodeResponse, encodeResponse } from '../../../src/shared/oblivious/binary-http'
import { cipherSuite, KEM } from '../../../src/shared/oblivious/cipher-suite'
import { decapsulate, encapsulate } from '../../../src/shared/oblivious/encapsulated-request'
import { readKeyConfigurations } from '../../../src/shared/oblivious/key-configuration'
import { openResponse, sealResponse } from '../../../src/shared/oblivious/sealed-response'
import { hexBytes } from '../../support/hex-bytes'
import { gatewayKey, listedKey } from '../../support/oblivious-keys'
import vector from '../../vectors/oblivious-http.json'

const NONCE = hexBytes(vector.responseNonce)
const MESSAGE = Uint8Array.from({ length: 80 }, (_, at) => at)

describe('the example of RFC 9458, Appendix A', () => {
  const configurations = readKeyConfigurations(listedKey(hexBytes(vector.keyConfiguration)))
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
