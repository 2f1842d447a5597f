import { expect, it } from 'vitest'
import { closesAt } from '../../../collector/epoch-window'
import { publishedAt } from '../../../src/shared/signals/published-at'

it('is when a collector closes an epoch', () => {
  for (const epoch of [0, 2966, 3000]) expect(publishedAt(epoch)).toBe(closesAt(epoch))
})
