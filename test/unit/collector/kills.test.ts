import { expect, test } from 'vitest'
import { killCollector } from '../../support/kill-collector'

// Fifty kills: `npm run bench -- collector-kill`.
test('killed at random under load, the collector loses nothing that it acknowledged and counts nothing twice', async () => {
  const found = await killCollector(4)
  expect(found).toMatchObject({ kills: 4, whileStarting: 1, lost: 0, off: 0 })
  expect(found.acknowledged).toBeGreaterThan(100)
}, 240_000)
