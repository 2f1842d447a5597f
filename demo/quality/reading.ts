import { chartRows } from './chart-rows'
import type { QualitySet } from './quality-file'

/** What the first chart of a set says, in plain words: who is best, what that is against chance, and whether the models can be told apart. */
export function reading(set: QualitySet): string {
  const [metric] = set.metrics
  if (!metric) return ''
  const ours = chartRows(set, metric.id).filter(({ isOurs }) => isOurs)
  const [best] = ours
  if (!best) return ''
  const share = `In ${perThousand(best.value)} of 1,000 guesses of ours the product was among the ten named`
  const { chance } = metric
  if (chance === undefined || best.error === undefined) return `Best of ours is “${best.label}”. ${share}.`
  const above = ours.filter(({ low }) => low !== undefined && low > chance)
  if (above.length === 0) {
    return `No model is shown to be better than chance here: no bar lies wholly to the right of the dashed line. Even of the best, “${best.label}”, the product was among the ten named in only ${perThousand(best.value)} of 1,000 guesses; naming ten products blindly comes to ${perThousand(chance)}. These sample orders hold no pattern that could be learned, and a measurement is there to say so.`
  }
  const rivals = ours.filter(({ high }) => high !== undefined && best.low !== undefined && high >= best.low).length - 1
  const told =
    rivals === 0
      ? 'Its bar stands clear of all others.'
      : `Its bar overlaps with ${rivals === 1 ? 'that of one other' : `those of ${rivals} others`}: between these the figures do not decide.`
  return `Best of ours is “${best.label}”. ${share}; naming ten products blindly comes to ${perThousand(chance)}. ${told}`
}

function perThousand(share: number): string {
  const count = share * 1000
  return count < 10 ? count.toFixed(1) : String(Math.round(count))
}
