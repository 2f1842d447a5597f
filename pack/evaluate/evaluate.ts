import { gzipSync } from 'node:zlib'
import { toFailure } from '../../src/shared/errors'
import type { TensorService } from '../../worker/compute/tensors/tensor-service'
import type { ModelPart } from '../../worker/models/model-part'
import { openModel } from '../../worker/models/open-model'
import type { LearnInput } from '../learn/learner'
import { writePart } from '../write-part'
import type { Contestant, Opened, Preparation } from './contestant'
import type { Evaluation, ModelEvaluation } from './evaluation'
import { caseCount, type EvaluationSlice, type EvaluationTask } from './evaluation-task'
import { type Measured, measureQuality } from './measure-quality'
import { sampleCases } from './sample-cases'

export type EvaluateOptions = Pick<LearnInput, 'support' | 'seed' | 'vectors'> & {
  /** Runs and trains neural models. */
  readonly tensors: TensorService
  /** Asks so many of the cases at most, evenly spread; default all. */
  readonly sample?: number
  /** Whether to ask too what is learned from the validation's answers as well. */
  readonly retrain: boolean
  /** In ms; a monotonic clock. */
  readonly clock: () => number
  /** Told what is being done, in words; often. */
  readonly onProgress: (doing: string) => void
}

/**
 * Measures contestants one after another on the same cases. One that fails, or whose data is not there, is named with the reason, and the
 * others go on.
 */
export async function evaluate(task: EvaluationTask, contestants: readonly Contestant[], options: EvaluateOptions): Promise<Evaluation> {
  const test = options.sample === undefined ? task.test : sampleCases(task.test, options.sample)
  const models: ModelEvaluation[] = []
  const absent: Evaluation['absent'][number][] = []
  for (const contestant of contestants) {
    const preparation = preparationOf(task, contestant.name, options)
    try {
      const last = test.at(-1)
      if (!last || !contestant.canEnter(preparation.inputOf(last.log))) {
        absent.push({
          model: contestant.name,
          reason: last ? 'the data has not what it learns from' : 'there is nothing to ask',
          isFault: false,
        })
      } else models.push(await evaluateOne(contestant, preparation, test, options))
    } catch (thrown) {
      absent.push({ model: contestant.name, reason: toFailure(thrown).message, isFault: true })
    }
  }
  return {
    protocol: task.protocol,
    itemCount: task.itemCount,
    cases: caseCount(test),
    allCases: caseCount(task.test),
    support: options.support,
    seed: options.seed,
    models,
    absent,
  }
}

function preparationOf(
  task: EvaluationTask,
  name: string,
  { tensors, support, seed, vectors, clock, onProgress }: EvaluateOptions,
): Preparation {
  return {
    task,
    clock,
    onProgress,
    inputOf: (log) => ({
      log,
      ...(task.texts && { texts: task.texts }),
      ...(vectors && { vectors }),
      support,
      seed,
      tensors,
      onProgress: (share) => onProgress(`${name}: learns, ${Math.round(share * 100)} %`),
    }),
    open: (part) => openModel(part, tensors),
  }
}

async function evaluateOne(
  contestant: Contestant,
  preparation: Preparation,
  test: readonly EvaluationSlice[],
  options: EvaluateOptions,
): Promise<ModelEvaluation> {
  const { clock, onProgress, task } = preparation
  const { name } = contestant
  const startMs = clock()
  const prepared = await contestant.prepare(preparation)
  const chooseMs = clock() - startMs
  let learnMs = 0
  let opened: Opened | undefined
  const ask = async (slices: readonly EvaluationSlice[]): Promise<Measured> => {
    const total = caseCount(slices)
    return measureQuality(
      slices,
      async (slice) => {
        opened?.close()
        onProgress(`${name}: learns${slices.length > 1 ? `, slice ${slices.indexOf(slice) + 1} of ${slices.length}` : ''}`)
        const learnStartMs = clock()
        opened = await prepared.learn(slice.log)
        learnMs += clock() - learnStartMs
        return opened.recommender
      },
      { task, clock, onCase: (cases) => cases % 500 === 0 && onProgress(`${name}: asked ${cases} of ${total}`) },
    )
  }
  const quality = await ask(test)
  const { settings, trials } = prepared
  const measured = { model: name, settings, trials, quality, chooseMs, learnMs, packBytes: packBytes(opened?.parts ?? []) }
  const again = options.retrain && task.retrained
  const retrained = again && (await ask(options.sample === undefined ? again : sampleCases(again, options.sample)))
  opened?.close()
  return { ...measured, ...(retrained && { retrained }) }
}

function packBytes(parts: readonly ModelPart[]): ModelEvaluation['packBytes'] {
  const files = parts.map(writePart)
  const sum = (sizes: readonly number[]) => sizes.reduce((total, size) => total + size, 0)
  return { raw: sum(files.map((file) => file.length)), gzip: sum(files.map((file) => gzipSync(file).length)) }
}
