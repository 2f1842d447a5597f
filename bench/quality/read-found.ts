import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evaluation } from '../../pack/evaluate/evaluation'
import type { FoundQuality } from './found-quality'
import type { KnownData } from './known-data'
import type { PackFound } from './pack-weight'

/**
 * What was measured before: files that `sotto evaluate --json` wrote, their names beginning with the data set's folder, and that of its pack,
 * `FOLDER.pack.json`. Files of one support are taken together, a model in several once, from the first by name.
 * @returns `undefined` where there is no such file.
 * @throws Error for files that asked different cases: their rows are not to be compared.
 */
export function readFound(folder: string, data: KnownData): FoundQuality | undefined {
  const packFile = `${data.folder}.pack.json`
  const names = readdirSync(folder).filter((name) => name.startsWith(data.folder) && name.endsWith('.json'))
  // Written by these commands: their types hold.
  const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), 'utf8'))
  const evaluations = together(names.filter((name) => name !== packFile).map((name) => read(name) as Evaluation))
  if (evaluations.length === 0) return undefined
  return { data, evaluations, ...(names.includes(packFile) && { pack: read(packFile) as PackFound }) }
}

function together(found: readonly Evaluation[]): Evaluation[] {
  const bySupport = new Map<number, Evaluation>()
  for (const one of [...found].sort((a, b) => a.support - b.support)) {
    const before = bySupport.get(one.support)
    if (!before) {
      bySupport.set(one.support, one)
      continue
    }
    const { cases, protocol, support } = before
    if (one.cases !== cases || one.protocol !== protocol)
      throw new Error(`${one.protocol}, support ${support}: ${one.cases} cases in one file, ${cases} in another`)
    const models = [...before.models, ...one.models.filter(({ model }) => !before.models.some((other) => other.model === model))]
    bySupport.set(support, { ...before, models, absent: [...before.absent, ...one.absent] })
  }
  return [...bySupport.values()]
}
