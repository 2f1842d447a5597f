import { CatalogService } from '../../worker/catalog/catalog-service'
import type { CatalogServiceOptions } from '../../worker/catalog/catalog-service-options'
import { pause } from '../../worker/catalog/slices'
import { fakeEncoder } from './catalog-make'

/** A service with a clock that is moved by hand, an encoder without files, and counts of what happened. */
export function testService(options: Partial<CatalogServiceOptions> & Pick<CatalogServiceOptions, 'source'>) {
  const encoder = fakeEncoder()
  const seen = { time: 1_700_000_000_000, pauses: 0, changes: 0, encoderLoads: 0, encoder }
  const service = new CatalogService({
    store: undefined,
    fetch: () => Promise.reject(new TypeError('no network')),
    loadEncoder: async () => {
      seen.encoderLoads++
      return encoder
    },
    now: () => seen.time,
    pause: () => {
      seen.pauses++
      return pause()
    },
    idle: async () => {},
    onChange: () => {
      seen.changes++
    },
    ...options,
  })
  return { service, seen }
}
