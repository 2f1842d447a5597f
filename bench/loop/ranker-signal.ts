import type { PublishedSignal, Round } from '../../pack/estimates/published-signals'
import type { Interval } from '../../src/shared/signals/estimates'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric } from '../../src/shared/signals/signal-plan'
import { Z95 } from '../../src/shared/signals/z95'
import { measure } from '../../worker/signals/measure/measure'
import { NO_VITALS } from '../../worker/signals/vitals'
import { seededRandom } from '../support/seeded-random'
import { type Channel, estimated } from './channel'
import { drawCrowd, participationWithin } from './crowd'
import type { Updates } from './ranker-devices'
import type { RankedDeed, RankerShop } from './ranker-shop'

/** Most weights move by less on one device; a wider one is more noise. */
const CLIP = 0.1
const CROWD_SEED = 8

export type Asked = {
  readonly shop: RankerShop
  readonly updates: Updates
  /** Of each epoch. */
  readonly visitors: number
  readonly channel: Channel
  /** Coordinates that are asked about. */
  readonly features: readonly string[]
  /** What devices begin with. */
  readonly weights: Float64Array
  readonly epochs: readonly number[]
}

/** What a collector would have published of these epochs. */
export function publishedRanker(asked: Asked, random: RandomIntegers): PublishedSignal {
  const { shop, visitors, channel, features, epochs } = asked
  const crowdRandom = seededRandom(CROWD_SEED)
  const share = channel.kind === 'exact' ? 1 : participationWithin(channel.epsilon)
  const rounds = epochs.map((epoch): Round => {
    const crowd = drawCrowd(shop.deeds.get(epoch)!, visitors, crowdRandom).filter(() => random.below(2 ** 32) < share * 2 ** 32)
    const means = channel.kind === 'exact' ? exactMeans(crowd, asked) : reportedMeans(crowd, asked, random)
    return {
      epoch,
      reports: crowd.length,
      values: Float64Array.from(means, ({ value }) => value),
      variances: Float64Array.from(means, ({ low, high }) => Math.max(Number.MIN_VALUE, ((high - low) / (2 * Z95)) ** 2)),
    }
  })
  return { counts: 'ranker', title: 'ranker', names: features, rounds: rounds.reverse() }
}

/** Each visitor is asked about one coordinate, drawn at random, and answers with one bit. */
function reportedMeans(
  crowd: readonly RankedDeed[],
  { shop, updates, channel, features, weights }: Asked,
  random: RandomIntegers,
): readonly Interval[] {
  const metric: Extract<Metric, { counts: 'ranker' }> = { name: 'ranker', counts: 'ranker', features, clip: CLIP }
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
    const half = Math.hypot(scale(high.high) - scale(high.low), (4 * Z95 * CLIP * 0.5) / Math.sqrt(reports)) / 2
    const value = scale(high.value)
    return { value, low: value - half, high: value + half }
  })
}

/** Of all that the crowd learned, clipped alike, nothing rounded. */
function exactMeans(crowd: readonly RankedDeed[], { shop, updates, features, weights }: Asked): readonly Interval[] {
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
    const half = Z95 * Math.sqrt(Math.max(0, squares / crowd.length - value ** 2) / crowd.length)
    return { value, low: value - half, high: value + half }
  })
}
