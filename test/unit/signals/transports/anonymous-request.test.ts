import { expect, test } from 'vitest'
import { fitsKeepalive } from '../../../../worker/signals/transports/anonymous-request'

test('bodies may outlive their page up to half of what a page may have under way', () => {
  expect([0, 40, 32_768, 32_769].map((length) => fitsKeepalive(new Uint8Array(length)))).toEqual([true, true, true, false])
})
