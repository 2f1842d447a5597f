import { describe, expect, test } from 'vitest'
import { addressKey } from '../../../../collector/server/address-key'

describe('addressKey', () => {
  const keyAt = () => {
    const clock = { time: 0 }
    let drawn = 0
    return {
      clock,
      key: addressKey(
        () => clock.time,
        (size) => new Uint8Array(size).fill(drawn++),
      ),
    }
  }

  test('names an address the same for an hour, and otherwise then', () => {
    const { clock, key } = keyAt()
    const first = key('192.0.2.1')
    clock.time = 3_599_999
    expect(key('192.0.2.1')).toBe(first)
    clock.time++
    expect(key('192.0.2.1')).not.toBe(first)
  })

  test('does not hold the address, and tells addresses apart', () => {
    const { key } = keyAt()
    expect(key('192.0.2.1')).toMatch(/^[A-Za-z0-9+/]{16}$/)
    expect(new Set(['192.0.2.1', '192.0.2.2', '::ffff:192.0.2.1', '2001:db8::1', '2001:db8:0:1::1'].map(key)).size).toBe(5)
  })

  test('takes one household’s addresses for one', () => {
    const { key } = keyAt()
    const household = ['2001:db8:1:2::1', '2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::']
    expect(new Set(household.map(key)).size).toBe(1)
    expect(key('2001:db8:1:3::1')).not.toBe(key('2001:db8:1:2::1'))
    expect(key('2001:db8::9')).toBe(key('2001:db8:0:0:1::'))
  })

  test('draws its salt itself where none is given', () => {
    expect(addressKey(() => 0)('192.0.2.1')).not.toBe(addressKey(() => 0)('192.0.2.1'))
  })
})
