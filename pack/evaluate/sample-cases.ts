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

/** So many slices at most, evenly spread over the cases: learning each anew may take longer than asking. */
export function sampleSlices(slices: readonly EvaluationSlice[], count: number): EvaluationSlice[] {
  if (slices.length <= count) return [...slices]
  const share = caseCount(slices) / count
  let before = 0
  return slices.filter(({ cases }) => {
    const isTaken = Math.ceil((before + cases.length) / share - 0.5) > Math.ceil(before / share - 0.5)
    before += cases.length
    return isTaken
  })
}

function withCases(slice: EvaluationSlice, cases: EvaluationSlice['cases']): EvaluationSlice {
  return {
    cases,
    get log() {
      return slice.log
    },
  }
}
