import type { Encoder } from '../text/encoder'
import type { Catalog } from './catalog'
import { catalogFailed } from './catalog-failed'

/**
 * The vector of what a visitor typed, to compare with the items'.
 * @returns [catalog.dim] with norm 1; zeros where the text has no letter or digit.
 * @throws SottoError `catalog-failed`, reason `foreign-vectors`, where the site's pack brings vectors that text cannot be compared with.
 */
export function encodeQuery(encoder: Encoder, catalog: Catalog, text: string): Float32Array {
  if (catalog.dim === encoder.dim) return encoder.encode(text)
  throw catalogFailed(
    'foreign-vectors',
    `its vectors have ${catalog.dim} dims, text has ${encoder.dim}: a pack with vectors of its own has no search`,
  )
}
