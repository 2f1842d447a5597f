import { caseCount, type EvaluationSlice } from './evaluation-task'

/**
 * A part of the cases, evenly spread over all in their order; always the same. All where there are no more. Slices without a case fall away.
 * @param count above 0.
 */
export function sampleCases(slices: readonly EvaluationSlice[], count: number): EvaluationSlice[] {
  const total = caseCount(slices)
  if (count >= total) return [...slices]
  let before = 0
  return slices
    .map((slice) => {
      // Case c is taken where a multiple of total / count lies in [c, c + 1).
      const cases = slice.cases.filter((_, at) => {
        const place = before + at
        return Math.ceil(((place + 1) * count) / total) > Math.ceil((place * count) / total)
      })
      before += slice.cases.length
      return withCases(slice, cases)
    })
    .filter(({ cases }) => cases.length > 0)
}

function withCases(slice: EvaluationSlice, cases: EvaluationSlice['cases']): EvaluationSlice {
  return {
    cases,
    get log() {
      return slice.log
    },
  }
}
