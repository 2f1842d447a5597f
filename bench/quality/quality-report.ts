import { type Report, report } from '../support/report'
import type { FoundQuality } from './found-quality'
import { notRun, qualityDemands } from './quality-demands'
import { qualityTable } from './quality-table'

type QualityReportOptions = {
  /** What there was no data of, a line each. */
  readonly missing: readonly string[]
  /** Whether too little was asked to be held against a budget. */
  readonly isSample: boolean
}

/** Tables, what is to be known of them, and what was found against what it must be. */
export function qualityReport(found: readonly FoundQuality[], { missing, isSample }: QualityReportOptions): Report {
  return report({
    name: 'quality',
    sizes: { cases: found.reduce((sum, { evaluations }) => sum + (evaluations[0]?.cases ?? 0), 0) },
    rounds: 1,
    browser: 'not used',
    figures: [],
    tables: found.map(qualityTable),
    notes: [...(found.length === 0 ? ['not run: no data set was found'] : []), ...missing, ...found.flatMap(notesOf)],
    demands: isSample ? [] : found.flatMap(qualityDemands),
    faults: found.flatMap(({ data, evaluations }) =>
      evaluations.flatMap(({ absent }) =>
        absent.filter(({ isFault }) => isFault).map(({ model, reason }) => `${data.title}: ${model}: ${reason}`),
      ),
    ),
  })
}

function notesOf(one: FoundQuality): string[] {
  const { data, evaluations } = one
  const [first] = evaluations
  if (!first) return []
  const { cases, allCases, itemCount, support } = first
  const asked = cases < allCases ? `${cases} of ${allCases} cases, evenly spread` : `${cases} cases`
  const blend = first.models.find(({ model }) => model === 'blend')
  const within = blend && [...new Set(Object.keys(blend.settings).map((name) => name.split('.')[0]))]
  return [
    `${data.title}: ${asked}, ${itemCount} items, support ${support} where nothing else is said. ${data.learned}${within?.length ? ` Models with settings in the blend: ${within.join(', ')}.` : ''}`,
    ...notRun(one),
  ]
}
