import { JsIndex } from '../../../worker/compute/js-index'
import type { Checkpoint } from '../../../worker/history/checkpoint'
import type { RankingContext } from '../../../worker/ranking/context'
import { keywords } from '../../../worker/text/keywords'
import type { RecordedCatalog } from '../../support/reference-catalog'

/** A context over a recorded catalog, scored in plain JavaScript. Without `encodeQuery`, a strategy that encodes text fails. */
export function contextOf(
  catalog: RecordedCatalog,
  checkpoint: Checkpoint,
  encodeQuery: RankingContext['encodeQuery'] = () => Promise.reject(new Error('no text should be encoded')),
): RankingContext & { readonly catalog: RecordedCatalog } {
  return {
    catalog,
    index: async () => new JsIndex(catalog),
    checkpoint,
    now: 0,
    encodeQuery,
    keywords,
    wordIndexes: new WeakMap(),
    publishedDays: new WeakMap(),
  }
}
