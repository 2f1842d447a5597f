import { expect, test, vi } from 'vitest'
import { recommend } from '../../../worker/ranking/recommend'
import { axes, checkpointOf, recordedCatalog } from '../../support/reference-catalog'
import { contextOf } from './context-of'

vi.mock('../../../worker/ranking/search', () => {
  throw new TypeError('Failed to fetch')
})

test('a search whose file does not load says so; other shelves go on', async () => {
  const context = contextOf(
    recordedCatalog([{ id: 'a', title: 'Lamp', categories: [] }], () => axes(2, [0, 1])),
    checkpointOf(),
  )
  const failure = expect.objectContaining({ code: 'worker-failed', message: expect.stringContaining('chunks/') })
  await expect(recommend({ strategy: 'search', query: 'lamp' }, context)).rejects.toEqual(failure)
  expect(await recommend({ strategy: 'for-you' }, context)).toHaveLength(1)
})
