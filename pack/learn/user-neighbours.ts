import { seededRandom } from '../../worker/compute/tensors/seeded-random'
import type { ModelPart, Settings } from '../../worker/models/model-part'
import { SHARE_LEVELS } from '../../worker/models/user-neighbours'
import { factorize } from './alternating-squares'
import { kMeans } from './k-means'
import type { Learner, LearnInput } from './learner'
import { transpose, visitorRows, type WeightedRows } from './visitor-rows'

/** Visitors that the smallest prototype is made of, whatever the support: a mean of fewer would show too much of each. */
const LEAST_VISITORS = 20

const DEFAULTS = { visitorsEach: 100, kept: 200, dim: 16, rounds: 20, sharpness: 2, decay: 0.8, halfLifeDays: 0 }

/**
 * Learns prototype visitors: k-means over all visitors, each at the direction of their factors (of a small matrix factorization, since the
 * items of two visitors who are alike are seldom the same), at least 20 visitors a prototype. Of each prototype the items that most of its
 * visitors took are kept, none that fewer than the support took. Prototypes of which nothing is left are dropped.
 *
 * Settings: `visitorsEach` a prototype, on average; `kept` items a prototype; `dim` of the factors; `rounds` of k-means; `sharpness`,
 * `decay` and `halfLifeDays` as `openUserNeighbours` reads them.
 */
export const userNeighbours: Learner = {
  model: 'user-neighbours',
  canLearn: ({ log, support }) => takers(visitorRows(log, support)).length >= LEAST_VISITORS,
  choices: [DEFAULTS],
  learn: (input, settings) => learnPrototypes(input, { ...DEFAULTS, ...settings }),
}

type Prototype = { readonly size: number; readonly items: Int32Array; readonly shares: Float64Array }

function learnPrototypes(input: LearnInput, settings: typeof DEFAULTS & Settings): ModelPart {
  const { log, support, seed } = input
  const rows = visitorRows(log, support)
  const visitors = takers(rows)
  const groupOf = kMeans({
    points: directions(input, rows, visitors, settings.dim),
    dim: settings.dim,
    groups: Math.max(1, Math.round(visitors.length / settings.visitorsEach)),
    least: LEAST_VISITORS,
    rounds: settings.rounds,
    random: seededRandom(seed),
  })
  const members = Array.from({ length: groupOf.reduce((most, group) => Math.max(most, group), -1) + 1 }, (): number[] => [])
  for (const [at, group] of groupOf.entries()) members[group]?.push(visitors[at]!)
  const prototypes = members.map((each) => average(rows, each, support, settings.kept)).filter(({ items }) => items.length > 0)
  return {
    model: 'user-neighbours',
    settings: { ...settings, itemCount: log.itemCount },
    tensors: writePrototypes(prototypes, log.itemCount),
  }
}

/** Visitors whose rows are not empty. */
function takers({ starts }: WeightedRows): Int32Array {
  return Int32Array.from({ length: starts.length - 1 }, (_, row) => row).filter((row) => starts[row + 1]! > starts[row]!)
}

/** [visitors, dim] factors of each, scaled to length 1. */
function directions({ seed, onProgress }: LearnInput, rows: WeightedRows, visitors: Int32Array, dim: number): Float32Array {
  const { visitors: side } = factorize(rows, transpose(rows), { dim, sweeps: 6, unseen: 0.01, ridge: 0.01 }, seed, onProgress)
  const out = new Float32Array(visitors.length * dim)
  for (const [at, visitor] of visitors.entries()) {
    const row = side.values.subarray(visitor * (dim + 1), visitor * (dim + 1) + dim)
    const length = Math.hypot(...row) || 1
    for (let k = 0; k < dim; k++) out[at * dim + k] = row[k]! / length
  }
  return out
}

function average({ starts, columns, columnCount }: WeightedRows, visitors: readonly number[], support: number, kept: number): Prototype {
  const counts = new Int32Array(columnCount)
  for (const visitor of visitors) for (let at = starts[visitor]!; at < starts[visitor + 1]!; at++) counts[columns[at]!]!++
  const items = Int32Array.from(counts.keys())
    .filter((item) => counts[item]! >= Math.max(1, support))
    .sort((a, b) => counts[b]! - counts[a]! || a - b)
    .slice(0, kept)
  return { size: visitors.length, items, shares: Float64Array.from(items, (item) => counts[item]! / visitors.length) }
}

function writePrototypes(prototypes: readonly Prototype[], itemCount: number): ModelPart['tensors'] {
  const count = prototypes.length
  const items = prototypes.flatMap((prototype) => [...prototype.items])
  const scales = Float32Array.from(prototypes, ({ shares }) => shares[0]!)
  // Nothing that is kept is rounded to nothing
  const levels = prototypes.flatMap(({ shares }, at) =>
    Array.from(shares, (share) => Math.max(1, Math.round((share / scales[at]!) * SHARE_LEVELS))),
  )
  return {
    sizes: { shape: [count], data: Uint32Array.from(prototypes, ({ size }) => size) },
    lengths: { shape: [count], data: Uint16Array.from(prototypes, (prototype) => prototype.items.length) },
    scales: { shape: [count], data: scales },
    items: { shape: [items.length], data: itemCount > 65_536 ? Uint32Array.from(items) : Uint16Array.from(items) },
    shares: { shape: [items.length], data: Uint8Array.from(levels) },
  }
}
