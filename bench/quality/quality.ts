import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chosenContestants } from '../../pack/evaluate/contestants'
import { evaluate } from '../../pack/evaluate/evaluate'
import type { Evaluation, ModelEvaluation } from '../../pack/evaluate/evaluation'
import { HEADLINES } from '../../pack/evaluate/headline'
import { loadTask } from '../../pack/evaluate/load-task'
import type { Estimate } from '../../pack/evaluate/metrics/mean'
import { nodeTensors } from '../../pack/evaluate/node-tensors'
import { seldom } from '../../pack/evaluate/seldom'
import { textVectors } from '../../pack/evaluate/text-vectors'
import { type Demand, type Report, report } from '../support/report'
import type { Table } from '../support/table'
import { KNOWN_DATA, type KnownData } from './known-data'

/** What packs are made with at the lowest. */
const SUPPORT = 3
const SEED = 1
const MOST_MS_A_USER = 10
const MOST_MEGABYTES = 4
const MOST_LEARNING_MINUTES = 30

type QualityOptions = {
  /** Default: `SOTTO_DATA`, else `../shared/data` beside the repository. */
  readonly folder?: string
  /** As of the command `evaluate`. Default: all that is learned in minutes, and their blend. */
  readonly models?: string
  /** Default: all cases. */
  readonly sample?: number
  readonly onProgress: (doing: string) => void
}

/** Measures how good recommendations are on public data, beside what others have published; what is not there is not run, and said so. */
export async function quality({ folder = dataFolder(), models = 'cheap', sample, onProgress }: QualityOptions): Promise<Report> {
  const tables: Table[] = []
  const notes: string[] = []
  const demands: Demand[] = []
  const faults: string[] = []
  let cases = 0
  for (const data of KNOWN_DATA) {
    const path = join(folder, data.folder)
    if (!existsSync(path)) {
      notes.push(`not run: ${data.title}: there is no ${path}; SOTTO_DATA may name another folder`)
      continue
    }
    const found = await measured(data, path, models, sample, onProgress)
    cases += found.cases
    tables.push(tableOf(data, found))
    notes.push(
      `${data.title}: ${found.cases} cases${found.cases < found.allCases ? ` of ${found.allCases}` : ''}, ${found.itemCount} items, support ${SUPPORT}.`,
    )
    // A sample says too little to be held against a budget.
    if (sample === undefined) demands.push(...demandsOf(data, found))
    faults.push(...found.absent.filter(({ isFault }) => isFault).map(({ model, reason }) => `${data.title}: ${model}: ${reason}`))
  }
  if (tables.length === 0) notes.unshift('not run: no data set was found')
  const browser = 'not used'
  return report({ name: 'quality', sizes: { cases }, rounds: 1, browser, figures: [], tables, notes, demands, faults })
}

function dataFolder(): string {
  return process.env.SOTTO_DATA ?? join(import.meta.dirname, '../../../shared/data')
}

async function measured(
  { title, protocol }: KnownData,
  path: string,
  models: string,
  sample: number | undefined,
  onProgress: (doing: string) => void,
): Promise<Evaluation> {
  const { task } = await loadTask(path, protocol)
  const tensors = nodeTensors()
  try {
    const contestants = chosenContestants(models)
    const isEncoded = task.texts && contestants.some(({ name }) => name === 'embedding')
    const vectors = isEncoded && (await textVectors(task.texts))
    return await evaluate(task, contestants, {
      ...(vectors && { vectors }),
      support: SUPPORT,
      seed: SEED,
      tensors,
      retrain: true,
      clock: () => performance.now(),
      onProgress: seldom(
        (doing) => onProgress(`${title}: ${doing}`),
        () => performance.now(),
      ),
      ...(sample !== undefined && { sample }),
    })
  } finally {
    await tensors.close()
  }
}

/** Ours, the best last, above what others have published. */
function tableOf({ title, protocol, published }: KnownData, { models }: Evaluation): Table {
  const headlines = HEADLINES[protocol]
  const ours = [...models].sort((a, b) => mainFigure(protocol, a) - mainFigure(protocol, b))
  const figures = (quality: ModelEvaluation['quality']) => headlines.map(({ metric, cutoff }) => inDecimals(quality.at[cutoff]![metric]))
  return {
    title,
    columns: [
      'model',
      ...headlines.map(({ metric, cutoff }) => `${metric.toUpperCase()}@${cutoff}`),
      'ms a user',
      'KB by gzip',
      'learned in (s)',
      'source',
    ],
    rows: [
      ...published.map(({ model, figures: printed, source }) => [model, ...printed, '', '', '', source]),
      ...ours.flatMap(({ model, quality: found, retrained, packBytes, chooseMs, learnMs }) => [
        [
          `**${model}**`,
          ...figures(found),
          found.msPerCase.toFixed(2),
          (packBytes.gzip / 1000).toFixed(0),
          ((chooseMs + learnMs) / 1000).toFixed(0),
          'measured here',
        ],
        ...(retrained ? [[`${model}, learned from the validation too`, ...figures(retrained), '', '', '', 'measured here']] : []),
      ]),
    ],
  }
}

function demandsOf({ title, protocol, demands }: KnownData, { models }: Evaluation): Demand[] {
  const quality = demands.flatMap(({ model, figure, atLeast, why }): Demand[] => {
    const found = models.find((each) => each.model === model)
    if (!found) return []
    const { metric, cutoff } = HEADLINES[protocol][figure]!
    const { mean } = found.quality.at[cutoff]![metric]
    const compares = `${title}: ${model}, ${metric.toUpperCase()}@${cutoff} of ${mean.toFixed(4)} against ${atLeast.toFixed(4)}, ${why}`
    return [{ compares, ratio: mean / atLeast, budget: { atLeast: 1 } }]
  })
  const blend = models.find(({ model }) => model === 'blend')
  if (!blend) return quality
  const { msPerCase } = blend.quality
  const megabytes = blend.packBytes.gzip / 1e6
  const minutes = (blend.chooseMs + blend.learnMs) / 60_000
  return [
    ...quality,
    {
      compares: `${title}: the blend's ${msPerCase.toFixed(2)} ms a user against ${MOST_MS_A_USER}`,
      ratio: msPerCase / MOST_MS_A_USER,
      budget: { atMost: 1 },
    },
    {
      compares: `${title}: the blend's parts of the pack, ${megabytes.toFixed(2)} MB by gzip, against ${MOST_MEGABYTES} with the core, which is not in it`,
      ratio: megabytes / MOST_MEGABYTES,
      budget: { atMost: 1 },
    },
    // Where time is cut into slices it is learned many times over, which no shop does at once.
    ...(protocol === 'next-basket'
      ? []
      : [
          {
            compares: `${title}: the blend's choosing and learning, ${minutes.toFixed(1)} minutes against ${MOST_LEARNING_MINUTES}`,
            ratio: minutes / MOST_LEARNING_MINUTES,
            budget: { atMost: 1 },
          },
        ]),
  ]
}

function mainFigure(protocol: KnownData['protocol'], { quality: { at } }: ModelEvaluation): number {
  const { metric, cutoff } = HEADLINES[protocol][0]!
  return at[cutoff]![metric].mean
}

/** As published tables print them, with the standard error. */
function inDecimals({ mean, error }: Estimate): string {
  return [mean, error].map((value) => value.toFixed(4).replace(/^0/, '')).join(' ± ')
}
