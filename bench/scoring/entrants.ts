import type { Size } from './dataset'
import type { Library } from './searcher-worker'
import type { Exactness } from './verdict'

/** Who is measured, and what holds of it. */
export type Entrant = {
  readonly name: string
  /** Column of a table; of several entrants in one, the fastest right one is shown. */
  readonly column: string
  readonly library: Library
  /** What its answers must be. */
  readonly exactness: Exactness
  /** What it is estimated to hold at its peak: beyond `MEMORY_LIMIT_BYTES` it is not run. */
  readonly bytes: (size: Size) => number
}

/** What browsers give one page without complaint. */
export const MEMORY_LIMIT_BYTES = 2 * 2 ** 30
/** Nobody builds an index for longer, so that the whole ends in ten minutes. */
export const BUILD_LIMIT_MS = 60_000
export const COPY = 'copy of the bytes'
export const RELAXED = 'ours, WASM relaxed SIMD'
export const SIMD = 'ours, WASM SIMD'
export const OWN_JS = 'ours, plain JS'
/** Items as tables of embeddings have them, [items, dim]. */
export const TFJS_ROWS = 'tfjs, items as rows'
export const TFJS_TRANSPOSED = 'tfjs, items transposed'
export const ORAMA = 'Orama'
export const VOY = 'voy-search'
export const HNSWLIB = 'hnswlib-wasm'
export const WEBGPU = 'ours, WebGPU'
export const PLAIN_JS = 'plain JS float32'

const int8 = ({ items, dim }: Size) => items * dim
const float32 = ({ items, dim }: Size) => items * dim * 4

const own = (backend: 'relaxed-simd' | 'simd' | 'js' | 'webgpu', column: string): Entrant => ({
  name: column,
  column,
  library: { kind: 'ours', backend },
  exactness: 'int8',
  bytes: int8,
})

const ofTfjs = (backend: 'threads' | 'simd' | 'cpu', side: 'left' | 'right'): Entrant => ({
  name: `tfjs ${{ threads: 'WASM SIMD with threads', simd: 'WASM SIMD', cpu: 'CPU' }[backend]}, items ${side === 'left' ? 'as rows' : 'transposed'}`,
  column: side === 'left' ? TFJS_ROWS : TFJS_TRANSPOSED,
  library: { kind: 'tfjs', backend, side },
  exactness: 'float32',
  // Transposed, it packs them anew for its product.
  bytes: (size) => (side === 'left' ? 1 : 3) * float32(size),
})

/** In the order in which they take their first turn. */
export const ENTRANTS: readonly Entrant[] = [
  { name: COPY, column: COPY, library: { kind: 'copy' }, exactness: 'any', bytes: int8 },
  own('relaxed-simd', RELAXED),
  own('simd', SIMD),
  own('js', OWN_JS),
  own('webgpu', WEBGPU),
  { name: PLAIN_JS, column: PLAIN_JS, library: { kind: 'plain-js' }, exactness: 'float32', bytes: float32 },
  ofTfjs('threads', 'left'),
  ofTfjs('simd', 'left'),
  ofTfjs('threads', 'right'),
  ofTfjs('simd', 'right'),
  ofTfjs('cpu', 'left'),
  // A document keeps its vector as an array of float64 until it is first found.
  { name: ORAMA, column: ORAMA, library: { kind: 'orama' }, exactness: 'float32', bytes: (size) => 3 * float32(size) },
  // Its tree holds 768 dimensions, whatever it is given.
  {
    name: VOY,
    column: VOY,
    library: { kind: 'voy' },
    exactness: 'any',
    bytes: ({ items, dim }) => items * (768 * 4 + dim * 8),
  },
  { name: HNSWLIB, column: HNSWLIB, library: { kind: 'hnswlib' }, exactness: 'any', bytes: float32 },
]
