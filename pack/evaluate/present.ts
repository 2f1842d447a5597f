import type { Evaluation, ModelEvaluation } from './evaluation'
import { CUTOFFS } from './evaluation-task'
import type { Measured } from './measure-quality'
import type { Estimate } from './metrics/mean'
import type { Metric } from './metrics/quality-at'
import { textTable } from './text-table'

type Row = { readonly name: string; readonly quality: Measured }

/** An evaluation for people: tables of quality with standard errors, then what it costs, the settings and who is absent. */
export function present(found: Evaluation): string {
  const rows = found.models.flatMap(({ model, quality, retrained }): Row[] => [
    { name: model, quality },
    ...(retrained ? [{ name: `${model}, retrained`, quality: retrained }] : []),
  ])
  const asked = found.cases === found.allCases ? `${found.cases} cases` : `${found.cases} of ${found.allCases} cases`
  return [
    `${found.protocol}: ${asked}, all of ${found.itemCount} items ranked, ties against the target, support ${found.support}, seed ${found.seed}`,
    ...(rows.length > 0 ? [qualityTable(rows, ['hr', 'ndcg', 'mrr']), qualityTable(rows, ['precision', 'recall', 'f1'])] : []),
    ...(rows.length > 0 ? [beyondTable(rows), costTable(found.models)] : []),
    ...found.models.map(settingsLine),
    ...found.absent.map(({ model, reason, isFault }) => `${model}: ${isFault ? 'FAILED: ' : 'not measured: '}${reason}`),
  ].join('\n\n')
}

const NAMES: Readonly<Record<Metric, string>> = { hr: 'HR', ndcg: 'NDCG', mrr: 'MRR', precision: 'precision', recall: 'recall', f1: 'F1' }

function qualityTable(rows: readonly Row[], metrics: readonly Metric[]): string {
  const cells = metrics.flatMap((metric) => CUTOFFS.map((cutoff) => ({ metric, cutoff })))
  return textTable(
    ['model', ...cells.map(({ metric, cutoff }) => `${NAMES[metric]}@${cutoff}`)],
    rows.map(({ name, quality }) => [name, ...cells.map(({ metric, cutoff }) => withError(quality.at[cutoff]![metric]))]),
  )
}

function beyondTable(rows: readonly Row[]): string {
  return textTable(
    ['model', 'AUC', 'coverage@20', 'novelty@20 (bits)', 'popularity bias@20'],
    rows.map(({ name, quality: { auc, coverage, novelty, popularityBias } }) => [
      name,
      withError(auc),
      coverage.toFixed(3),
      withError(novelty, 2),
      `${popularityBias > 0 ? '+' : ''}${popularityBias.toFixed(2)}`,
    ]),
  )
}

function costTable(models: readonly ModelEvaluation[]): string {
  return textTable(
    ['model', 'ms a user', 'KB in a pack', 'KB by gzip', 'choosing settings (s)', 'learning (s)'],
    models.map(({ model, quality, packBytes, chooseMs, learnMs }) => [
      model,
      quality.msPerCase.toFixed(2),
      (packBytes.raw / 1000).toFixed(0),
      (packBytes.gzip / 1000).toFixed(0),
      (chooseMs / 1000).toFixed(1),
      (learnMs / 1000).toFixed(1),
    ]),
  )
}

function settingsLine({ model, settings, trials }: ModelEvaluation): string {
  const told = Object.entries(settings).map(([name, value]) => `${name} ${value}`)
  const chosen =
    trials.length > 1 ? ` (of ${trials.length}, by the validation: ${trials.map(({ value }) => value.toFixed(4)).join(', ')})` : ''
  return `${model}: ${told.length > 0 ? told.join(', ') : 'no settings'}${chosen}`
}

/** Published tables leave out the 0 before the point. */
function withError({ mean, error }: Estimate, digits = 4): string {
  return `${mean.toFixed(digits).replace(/^0\./, '.')}±${error.toFixed(digits).replace(/^0\./, '.')}`
}
