import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { chosenContestants } from '../../pack/evaluate/contestants'
import { evaluate } from '../../pack/evaluate/evaluate'
import type { Evaluation } from '../../pack/evaluate/evaluation'
import { loadTask } from '../../pack/evaluate/load-task'
import { nodeTensors } from '../../pack/evaluate/node-tensors'
import { seldom } from '../../pack/evaluate/seldom'
import { textVectors } from '../../pack/evaluate/text-vectors'
import { dataFolder } from '../support/data-folder'
import type { Report } from '../support/report'
import type { FoundQuality } from './found-quality'
import { KNOWN_DATA, type KnownData } from './known-data'
import { packOf } from './pack-weight'
import { qualityReport } from './quality-report'
import { readFound } from './read-found'

const SEED = 1

type QualityOptions = {
  /** Default: `SOTTO_DATA`, else `../shared/data` beside the repository. */
  readonly folder?: string
  /** As of the command `evaluate`. Default: all that is learned in minutes, and their blend. */
  readonly models?: string
  /** Default: all cases. */
  readonly sample?: number
  /** Measures nothing: a folder of what was measured before, see `readFound`. */
  readonly from?: string
  readonly onProgress: (doing: string) => void
}

/** Measures how good recommendations are on public data, beside what others have published; what is not there is not run, and said so. */
export async function quality({ folder = dataFolder(), from, sample, ...options }: QualityOptions): Promise<Report> {
  const found: FoundQuality[] = []
  const missing: string[] = []
  for (const data of KNOWN_DATA) {
    const path = join(folder, data.folder)
    const one = from === undefined ? existsSync(path) && (await measured(data, path, { ...options, sample })) : readFound(from, data)
    if (one) found.push(one)
    else {
      const why = from === undefined ? `there is no ${path}; SOTTO_DATA may name another folder` : 'nothing of it was measured before'
      missing.push(`not run: ${data.title}: ${why}`)
    }
  }
  return qualityReport(found, { missing, isSample: sample !== undefined })
}

async function measured(
  data: KnownData,
  path: string,
  { models = 'cheap', sample, onProgress }: Pick<QualityOptions, 'models' | 'onProgress'> & { readonly sample: number | undefined },
): Promise<FoundQuality> {
  const clock = () => performance.now()
  const tell = seldom((doing) => onProgress(`${data.title}: ${doing}`), clock)
  const { task, dataset } = await loadTask(path, data.protocol)
  const tensors = nodeTensors()
  try {
    const evaluations: Evaluation[] = []
    for (const [number, support] of data.supports.entries()) {
      const contestants = chosenContestants(number === 0 ? models : 'default')
      const isEncoded = task.texts && contestants.some(({ name }) => name === 'embedding')
      const vectors = isEncoded && (await textVectors(task.texts))
      const options = { support, seed: SEED, tensors, retrain: true, clock, onProgress: tell }
      const found = await evaluate(task, contestants, {
        ...options,
        ...(vectors && { vectors }),
        ...(sample !== undefined && { sample }),
      })
      evaluations.push(found)
      // A quick run is to see that it runs.
      if (sample !== undefined) break
    }
    return { data, evaluations, ...(data.isPacked && sample === undefined && { pack: await packOf(dataset, tell, clock) }) }
  } finally {
    await tensors.close()
  }
}
