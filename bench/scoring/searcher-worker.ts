import { type Prepared, serveEntrant } from '../support/entrant'
import type { Dataset } from './dataset'
import type { OurBackend } from './entrants/ours'
import type { TfjsBackend, TfjsSide } from './entrants/tfjs'
import { asEntrant, type Searcher } from './searcher'

/** Who is to search. */
export type Library =
  | { readonly kind: 'copy' }
  | { readonly kind: 'plain-js' | 'orama' | 'voy' | 'hnswlib' }
  | { readonly kind: 'ours'; readonly backend: OurBackend }
  | { readonly kind: 'tfjs'; readonly backend: TfjsBackend; readonly side: TfjsSide }

/** Each worker loads only what it is. */
async function searcher(library: Exclude<Library, { readonly kind: 'copy' }>, data: Dataset): Promise<Searcher> {
  switch (library.kind) {
    case 'ours':
      return (await import('./entrants/ours')).ours(data, library.backend)
    case 'plain-js':
      return (await import('./entrants/plain-js')).plainJs(data)
    case 'tfjs':
      return (await import('./entrants/tfjs')).tfjs(data, library.backend, library.side)
    case 'orama':
      return (await import('./entrants/orama')).orama(data)
    case 'voy':
      return (await import('./entrants/voy')).voy(data)
    case 'hnswlib':
      return (await import('./entrants/hnswlib')).hnswlib(data)
    default:
      throw new Error(`there is no library ${JSON.stringify(library satisfies never)}`)
  }
}

serveEntrant(async (argument, shared): Promise<Prepared> => {
  const library = argument as Library // scoring.ts sends just that
  const data = shared as Dataset // what dataset-worker.ts made
  if (library.kind === 'copy') return (await import('./entrants/copy')).copy(data)
  return asEntrant(data, await searcher(library, data))
})
