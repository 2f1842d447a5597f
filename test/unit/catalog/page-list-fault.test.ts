import { expect, it, vi } from 'vitest'
import { SottoError } from '../../../src/shared/errors'
import { loadFromSource } from '../../../worker/catalog/load-from-source'
import { makeItems } from '../../support/catalog-make'
import { testService } from '../../support/catalog-service'
import { patiently } from '../../support/patiently'

vi.mock('../../../worker/catalog/load-from-source', { spy: true })

function failOnce(): void {
  vi.mocked(loadFromSource).mockRejectedValueOnce(new SottoError('worker-failed', 'what reads catalogs did not load'))
}

it('a list whose reader does not load fails, for whoever waits and whoever comes later, until it is handed over anew', async () => {
  const { service } = testService({ source: { kind: 'page' } })
  const waiting = service.usable()
  // The one that waits has loaded the reader before it fails.
  await patiently(() => expect(loadFromSource).toHaveBeenCalled())
  failOnce()
  await expect(service.addItems(makeItems(3), false)).rejects.toMatchObject({ code: 'worker-failed' })
  const failure = { code: 'catalog-failed', details: { reason: 'worker-failed' } }
  await expect(waiting).rejects.toMatchObject(failure)
  await expect(service.usable()).rejects.toMatchObject(failure)
  expect(service.status()).toMatchObject({ state: 'failed', fault: failure })

  await service.addItems(makeItems(2), false)
  await service.addItems(makeItems(4).slice(2), true)
  expect((await service.usable()).ids).toHaveLength(4)
  expect(service.status()).not.toHaveProperty('fault')
})

it('a list stays when the reader of the next one does not load', async () => {
  const { service } = testService({ source: { kind: 'page' } })
  await service.addItems(makeItems(3), true)
  failOnce()
  await expect(service.addItems(makeItems(5), true)).rejects.toMatchObject({ code: 'worker-failed' })
  expect((await service.usable()).count).toBe(3)
})
