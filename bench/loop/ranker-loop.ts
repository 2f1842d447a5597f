import { poolMeans } from '../../pack/estimates/pool-rounds'
import type { PublishedSignal, Round } from '../../pack/estimates/published-signals'
import { rankerMoves } from '../../pack/estimates/ranker-moves'
import { choiceQuality } from '../../pack/learn/choice-quality'
import { plus, revisePrior } from '../../pack/learn/revise-prior'
import type { Interval } from '../../src/shared/signals/estimates'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { learnFromShown } from '../../worker/ranking/learned/shown'
import { measure } from '../../worker/signals/measure/measure'
import { NO_VITALS } from '../../worker/signals/vitals'
import { seededRandom } from '../support/seeded-random'
import { type Channel, channelName, estimated, isNoisy } from './channel'
import { drawCrowd, participationWithin, seededIntegers } from './crowd'
import { type Gain, gainOver } from './gain'
import type { RankedDeed, RankerShop } from './ranker-shop'

/** A shelf. */
const SHOWN = 10
/** A new prior may come after so many epochs. */
const ROUND_EPOCHS = 3
const ROUNDS = 3
/** Most weights move by less on one device; a wider one is more noise. */
const CLIP = 0.1
/** How far a prior goes that is published as it comes: so far a bad start is repaired without noise. */
const STEP = 30
const CROWD_SEED = 8
/** Half a 95 % interval, in standard errors. */
const Z = 1.959963984540054

/** Those that a local plan may ask for, and all that there are. */
const COORDINATES: readonly number[] = [4, 16]
/** What a site would ask first: of whole visits, and neither the strongest nor the weakest of them. */
const FIRST_ASKED: readonly string[] = ['popularity', 'lately', 'terms', 'basket-neighbours']

type RankerMetric = Extract<Metric, { counts: 'ranker' }>

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
              const signal = publishedSignal({ shop, updates, visitors, channel, features, weights, epochs: asked }, random)
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

type Asked = {
  readonly shop: RankerShop
  readonly updates: Updates
  readonly visitors: number
  readonly channel: Channel
  readonly features: readonly string[]
  readonly weights: Float64Array
  readonly epochs: readonly number[]
}

/** What a collector would have published of these epochs. */
function publishedSignal({ shop, updates, visitors, channel, features, weights, epochs }: Asked, random: RandomIntegers): PublishedSignal {
  const crowdRandom = seededRandom(CROWD_SEED)
  const metric: RankerMetric = { name: 'ranker', counts: 'ranker', features, clip: CLIP }
  const epsilon = channel.kind === 'exact' ? 1 : channel.epsilon
  const share = channel.kind === 'exact' ? 1 : participationWithin(epsilon)
  const rounds = epochs.map((epoch): Round => {
    const crowd = drawCrowd(shop.deeds.get(epoch)!, visitors, crowdRandom).filter(() => random.below(2 ** 32) < share * 2 ** 32)
    const means = channel.kind === 'exact' ? exactMeans(crowd, features, weights, shop, updates) : reportedMeans(crowd)
    return {
      epoch,
      reports: crowd.length,
      values: Float64Array.from(means, ({ value }) => value),
      variances: Float64Array.from(means, ({ low, high }) => Math.max(Number.MIN_VALUE, ((high - low) / (2 * Z)) ** 2)),
    }
  })
  return { counts: 'ranker', title: metric.name, names: features, rounds: rounds.reverse() }

  function reportedMeans(crowd: readonly RankedDeed[]): readonly Interval[] {
    const answers = features.map((): number[] => [])
    for (const deed of crowd) {
      const group = random.below(features.length)
      const ranker = { names: shop.features, update: updates(deed, weights) }
      const facts = { events: [], earlier: { boughtEpochs: 0 }, vitals: NO_VITALS, shown: [], ranker, random }
      answers[group]!.push(measure(metric, group, facts))
    }
    return answers.map((own) => {
      const [low, high] = estimated(channel, 2, own, random) as readonly [Interval, Interval] // k = 2
      const reports = channel.kind === 'dap' ? Math.max(1, low.value + high.value) : Math.max(1, own.length)
      const scale = (count: number) => CLIP * ((2 * count) / reports - 1)
      // Beside the noise of privacy, that of rounding to one bit.
      const half = Math.hypot(scale(high.high) - scale(high.low), (4 * Z * CLIP * 0.5) / Math.sqrt(reports)) / 2
      const value = scale(high.value)
      return { value, low: value - half, high: value + half }
    })
  }
}

function exactMeans(
  crowd: readonly RankedDeed[],
  features: readonly string[],
  weights: Float64Array,
  shop: RankerShop,
  updates: Updates,
): readonly Interval[] {
  return features.map((name) => {
    const at = shop.features.indexOf(name)
    let sum = 0
    let squares = 0
    for (const deed of crowd) {
      const own = Math.min(CLIP, Math.max(-CLIP, updates(deed, weights)[at]!))
      sum += own
      squares += own * own
    }
    const value = sum / crowd.length
    const half = Z * Math.sqrt(Math.max(0, squares / crowd.length - value ** 2) / crowd.length)
    return { value, low: value - half, high: value + half }
  })
}

/** [features] what a device that began with these weights learned from what became of its shelf. */
type Updates = (deed: RankedDeed, weights: Float64Array) => Float64Array

/** Every visitor who does the same learns the same: it is worked out once. */
function createUpdates(shop: RankerShop): Updates {
  const known = new Map<Float64Array, Map<RankedDeed, Float64Array>>()
  const beliefs = new Map<Float64Array, ReturnType<RankerShop['beliefAt']>>()
  return (deed, weights) => {
    const ofWeights = known.get(weights) ?? new Map<RankedDeed, Float64Array>()
    known.set(weights, ofWeights)
    const found = ofWeights.get(deed)
    if (found) return found
    const belief = beliefs.get(weights) ?? shop.beliefAt(weights)
    beliefs.set(weights, belief)
    const update = learnedOf(deed, belief)
    ofWeights.set(deed, update)
    return update
  }
}

/** A shelf of the best ten, of which what the customer went on to buy was taken. */
function learnedOf({ items, values, targets }: RankedDeed, belief: ReturnType<RankerShop['beliefAt']>): Float64Array {
  const dim = belief.mean.length
  const odds = Float64Array.from(items, (_, row) => dot(belief.mean, values, row * dim))
  const best = Array.from(items.keys()).sort((a, b) => odds[b]! - odds[a]! || items[a]! - items[b]!)
  const places = best.slice(0, SHOWN)
  const rows = new Float32Array(places.length * dim)
  for (const [at, row] of places.entries()) rows.set(values.subarray(row * dim, (row + 1) * dim), at * dim)
  const ids = places.map((row) => String(items[row]))
  const shelf = { slot: 'home', time: 1, ids, rows, learned: new Uint8Array(ids.length) }
  const bought = Array.from(targets, (item, at) => ({
    id: `${at}`,
    name: 'purchase' as const,
    time: 2,
    session: 1,
    items: [{ item_id: `${item}` }],
  }))
  const after = learnFromShown({ version: 1, prior: '', belief, shown: [shelf] }, bought, 3)
  return after.belief.mean.map((weight, at) => weight - belief.mean[at]!)
}

/** [deeds] NDCG@10 of what the weights rank. */
function qualityOf({ features }: RankerShop, deeds: readonly RankedDeed[], weights: Float64Array): Float64Array {
  return Float64Array.from(deeds, ({ items, values, targets }) => {
    const taken = Array.from(items.keys()).filter((row) => targets.includes(items[row]!))
    const set = { values, taken, targets: targets.length }
    return taken.length > 0 ? choiceQuality({ dim: features.length, asked: 1, sets: [set] }, weights)[0]! : 0
  })
}

function dot(weights: Float64Array, rows: Float32Array, from: number): number {
  let sum = 0
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * rows[from + at]!
  return sum
}
