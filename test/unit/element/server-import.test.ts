import { expect, it } from 'vitest'
import type { Sotto } from '../../../src/api'

it('can be imported and called where there is no document', async () => {
  expect(globalThis).not.toHaveProperty('document')
  const { defineShelf } = await import('../../../src/element/index')
  // Nothing of it is used on a server.
  expect(() => defineShelf({} as Sotto)).not.toThrow()
})
