import { poolMeans } from '../../pack/estimates/pool-rounds'
import type { PublishedSignal } from '../../pack/estimates/published-signals'
import { rankerMoves } from '../../pack/estimates/ranker-moves'
import { choiceQuality } from '../../pack/learn/choice-quality'
import { plus, revisePrior } from '../../pack/learn/revise-prior'
import { type Channel, channelName, isNoisy } from './channel'
import { seededIntegers } from './crowd'
import { type Gain, gainOver } from './gain'
import { createUpdates } from './ranker-devices'
import type { RankedDeed, RankerShop } from './ranker-shop'
import { publishedRanker } from './ranker-signal'

/** A new prior may come after so many epochs. */
const ROUND_EPOCHS = 3
const ROUNDS = 3
/** How far a prior goes that is published as it comes: so far a bad start is repaired without noise. */
const STEP = 30

/** Those that a local plan may ask for, and all that there are. */
const COORDINATES: readonly number[] = [4, 16]
/** What a site would ask first: of whole visits, and neither the strongest nor the weakest of them. */
const FIRST_ASKED: readonly string[] = ['popularity', 'lately', 'terms', 'basket-neighbours']

export type RankerLoopOptions = {
  readonly shop: RankerShop
  /** Of each epoch. */
  readonly visitors: number
  readonly channels: readonly Channel[]
  /** How often noise is drawn anew. */
  readonly runs: number
  readonly onProgress: (doing: string) => void
}

/** What learning the ranker together is worth, by start, coordinates and channel. */
export type RankerLoop = {
  readonly cases: number
  readonly rows: readonly RankerRow[]
}

type RankerRow = {
  readonly start: 'good' | 'bad'
  readonly coordinates: number
  readonly name: string
  /** NDCG@10 of the start. */
  readonly before: number
  /** Whatever comes is published. */
  readonly asItComes: Gain
  /** Shrunk by its noise, and published only if held-out orders are ranked better. */
  readonly checked: Gain
  /** New priors of the checked ones, of so many that there might have been. */
  readonly published: number
  readonly proposed: number
}

/**
 * Three times: devices learn from one shelf each and report, and a new prior may be published; then it is asked about the last epochs. A good start
 * is fitted to orders; a bad one ranks by popularity alone.
 */
export function rankerLoop({ shop, visitors, channels, runs, onProgress }: RankerLoopOptions): RankerLoop {
  const epochs = [...shop.deeds.keys()]
  const test = epochs.slice(ROUNDS * ROUND_EPOCHS).flatMap((epoch) => shop.deeds.get(epoch)!)
  const updates = createUpdates(shop)
  const starts = { good: shop.fitted, bad: Float64Array.from(shop.features, (name) => Number(name === 'popularity')) }
  const rows: RankerRow[] = []
  for (const start of ['good', 'bad'] as const) {
    const base = qualityOf(shop, test, starts[start])
    for (const coordinates of COORDINATES) {
      const all = [...FIRST_ASKED, ...shop.features.filter((name) => !FIRST_ASKED.includes(name) && name !== 'bias')]
      const features = all.filter((name) => shop.features.includes(name)).slice(0, coordinates)
      for (const channel of channels) {
        onProgress(`loop: ${start} start, ${features.length} coordinates, ${channelName(channel)}`)
        const simulate = (isChecked: boolean) =>
          Array.from({ length: isNoisy(channel) ? runs : 1 }, (_, run) => {
            const random = seededIntegers(run + 1)
            let offset: Float64Array = new Float64Array(shop.features.length)
            let weights = starts[start]
            let published = 0
            for (let round = 0; round < ROUNDS; round++) {
              const asked = epochs.slice(round * ROUND_EPOCHS, (round + 1) * ROUND_EPOCHS)
              const signal = publishedRanker({ shop, updates, visitors, channel, features, weights, epochs: asked }, random)
              const next = isChecked
                ? checked(shop, starts[start], offset, signal)
                : plus(
                    offset,
                    inFeatures(shop, features, poolMeans(signal.rounds).values).map((mean) => STEP * mean),
                  )
              if (next.every((move, at) => move === offset[at])) continue
              published++
              offset = next
              weights = plus(starts[start], offset)
            }
            return { quality: qualityOf(shop, test, weights), published }
          })
        const asItComes = simulate(false)
        const shipped = simulate(true)
        rows.push({
          start,
          coordinates: features.length,
          name: channelName(channel),
          before: base.reduce((sum, one) => sum + one, 0) / base.length,
          asItComes: gainOver(
            asItComes.map(({ quality }) => quality),
            base,
          ),
          checked: gainOver(
            shipped.map(({ quality }) => quality),
            base,
          ),
          published: shipped.reduce((sum, one) => sum + one.published, 0),
          proposed: ROUNDS * shipped.length,
        })
      }
    }
  }
  return { cases: test.length, rows }
}

/** As `sotto pack` goes about it. @param kept how far the prior had been moved. @returns how far it is moved now. */
function checked(shop: RankerShop, start: Float64Array, kept: Float64Array, signal: PublishedSignal): Float64Array {
  const found = rankerMoves(signal)
  const moves = Float64Array.from(shop.features, (name) => found?.get(name) ?? 0)
  return revisePrior(shop.check, start, { moves, kept }).offset
}

function inFeatures({ features }: RankerShop, asked: readonly string[], values: Float64Array): Float64Array {
  return Float64Array.from(features, (name) => values[asked.indexOf(name)] ?? 0)
}

/** [deeds] NDCG@10 of what the weights rank. */
function qualityOf({ features }: RankerShop, deeds: readonly RankedDeed[], weights: Float64Array): Float64Array {
  return Float64Array.from(deeds, ({ items, values, targets }) => {
    const taken = Array.from(items.keys()).filter((row) => targets.includes(items[row]!))
    const set = { values, taken, targets: targets.length }
    return taken.length > 0 ? choiceQuality({ dim: features.length, asked: 1, sets: [set] }, weights)[0]! : 0
  })
}
