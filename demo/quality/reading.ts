import { type ChartRow, chartRows } from './chart-rows'
import type { QualityMetric, QualitySet } from './quality-file'
import { writeValue } from './write-value'

/** What the first chart of a set says, in plain words: who is best, what that is against chance and against others, who can be told apart, who is worse than chance. */
export function reading(set: QualitySet): string {
  const [metric] = set.metrics
  const rows = metric ? chartRows(set, metric.id) : []
  const ours = rows.filter(({ isOurs }) => isOurs)
  const [best] = ours
  if (!metric || !best) return ''
  const { chance } = metric
  const isAbove = ({ low, value }: ChartRow) => chance === undefined || (low ?? value) > chance
  const worse = belowChance(ours, chance)
  if (!ours.some(isAbove))
    return [NO_BETTER, achieved(best, metric), worse, 'A measurement is there to say such things before a visitor sees them.']
      .filter(Boolean)
      .join(' ')
  const others = rows.filter(({ isOurs }) => !isOurs)
  return [achieved(best, metric), rivalry(best, ours), comparison(best, others), worse].filter(Boolean).join(' ')
}

const NO_BETTER =
  'No model is shown to be better than chance here: no bar lies wholly to the right of the dashed line. These are sample orders, and none of the models finds a pattern in them.'

/** Names those whose whole bar is below chance. */
function belowChance(ours: readonly ChartRow[], chance = 0): string {
  const names = ours.filter(({ high, value }) => (high ?? value) < chance).map(({ label }) => `“${label}”`)
  if (names.length === 0) return ''
  return `${names.join(', ')} ${names.length === 1 ? 'lies' : 'lie'} wholly below chance: worse than naming products blindly.`
}

function achieved({ label, value }: ChartRow, { id, chance }: QualityMetric): string {
  const [name, cutoff] = id.split('@')
  if (name !== 'hr') return `Best of ours is “${label}”, at ${writeValue(id, value)}.`
  const blindly = chance === undefined ? '' : `; naming ${cutoff} blindly comes to ${perThousand(chance)}`
  return `Best of ours is “${label}”: in ${perThousand(value)} of 1,000 guesses the hidden product was among the ${cutoff} named${blindly}.`
}

function rivalry(best: ChartRow, ours: readonly ChartRow[]): string {
  const { low } = best
  if (low === undefined || ours.length < 2) return ''
  const rivals = ours.filter(({ high }) => high !== undefined && high >= low).length - 1
  if (rivals === 0) return 'Its bar stands clear of all our others.'
  const whose = rivals === 1 ? 'that of one other of ours' : `those of ${rivals} others of ours`
  return `Its bar overlaps with ${whose}: between these the figures do not decide.`
}

function comparison({ value }: ChartRow, others: readonly ChartRow[]): string {
  if (others.length === 0) return ''
  const beaten = others.filter((other) => other.value < value).length
  return `It lies above ${beaten === others.length ? `all ${beaten}` : `${beaten} of the ${others.length}`} published figures.`
}

function perThousand(share: number): string {
  const count = share * 1000
  return count < 10 ? count.toFixed(1) : String(Math.round(count))
}
