import type { Evaluation, ModelEvaluation } from '../../pack/evaluate/evaluation'
import { HEADLINES } from '../../pack/evaluate/headline'
import type { Estimate } from '../../pack/evaluate/metrics/mean'
import type { Table } from '../support/table'
import type { FoundQuality } from './found-quality'

const OURS = 'measured here'

/** Ours, the best last, below what others have published; then ours with other supports. */
export function qualityTable({ data, evaluations }: FoundQuality): Table {
  const headlines = HEADLINES[data.protocol]
  const { metric, cutoff } = headlines[0]!
  const [first, ...others] = evaluations
  const ours = [...(first?.models ?? [])].sort((a, b) => a.quality.at[cutoff]![metric].mean - b.quality.at[cutoff]![metric].mean)
  const figures = (quality: ModelEvaluation['quality']) => headlines.map((head) => inDecimals(quality.at[head.cutoff]![head.metric]))
  const rows = ({ model, quality, retrained, packBytes, chooseMs, learnMs }: ModelEvaluation, suffix = '') => [
    [
      `**${model}**${suffix}`,
      ...figures(quality),
      quality.msPerCase.toFixed(2),
      (packBytes.gzip / 1000).toFixed(0),
      ((chooseMs + learnMs) / 1000).toFixed(0),
      OURS,
    ],
    ...(retrained ? [[`${model}${suffix}, learned from the validation too`, ...figures(retrained), '', '', '', OURS]] : []),
  ]
  return {
    title: data.title,
    columns: [
      'model',
      ...headlines.map((head) => `${head.metric.toUpperCase()}@${head.cutoff}`),
      'ms a user',
      'KB by gzip',
      'learned in (s)',
      'source',
    ],
    rows: [
      ...data.published.map(({ model, figures: printed, source }) => [model, ...printed, '', '', '', source]),
      ...ours.flatMap((one) => rows(one)),
      ...others.flatMap(({ models, support }: Evaluation) => models.flatMap((one) => rows(one, `, support ${support}`))),
    ],
  }
}

/** As published tables print them, with the standard error. */
function inDecimals({ mean, error }: Estimate): string {
  return [mean, error].map((value) => value.toFixed(4).replace(/^0/, '')).join(' ± ')
}
