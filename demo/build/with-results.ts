import type { Evaluation } from '../../pack/evaluate/evaluation'
import type { QualityFile } from '../quality/quality-file'
import { measuredRows, qualityMetrics } from './quality-set'

/**
 * The results with what was measured of one set in place of what was measured of it before; published rows stay.
 *
 * @param id of a set that the results have.
 * @throws Error naming the sets there are where that is none of them, or saying that only a sample was asked: that is no figure to publish.
 */
export function withResults(
  results: QualityFile,
  id: string,
  evaluation: Evaluation,
  measured: NonNullable<QualityFile['measured']>,
): QualityFile {
  const known = results.sets.map((set) => set.id)
  if (!known.includes(id)) throw new Error(`there is no set "${id}", expected one of ${known.join(', ')}`)
  const { protocol, cases, allCases, itemCount, support } = evaluation
  if (cases < allCases) throw new Error(`only ${cases} of ${allCases} cases were asked; measure without --sample`)
  const sets = results.sets.map((set) =>
    set.id === id
      ? {
          ...set,
          cases,
          items: itemCount,
          support,
          metrics: qualityMetrics(protocol, itemCount),
          rows: [...measuredRows(evaluation), ...set.rows.filter(({ kind }) => kind === 'published')],
        }
      : set,
  )
  return { measured, sets }
}
