/** The items found for each query, best first. */
export type Answers = readonly (readonly number[])[]

/**
 * What answers must be: `int8`, exactly the ranking over the int8 rows; `float32`, the items that are the best of the float32 originals, in
 * any order; `any`, as their recall says, which is shown.
 */
export type Exactness = 'int8' | 'float32' | 'any'

/** Sums in float32 may take the 21st for the 20th where the two are nearly equal: one item in a hundred. */
const FLOAT32_RECALL = 0.99

/** @param exact the ranking over the int8 rows. @param recall against the float32 originals. */
export function isRightAnswer(exactness: Exactness, answers: Answers, exact: Answers, recall: number): boolean {
  switch (exactness) {
    case 'int8':
      return JSON.stringify(answers) === JSON.stringify(exact)
    case 'float32':
      return recall >= FLOAT32_RECALL
    case 'any':
      return true
    default:
      throw new Error(`there is no exactness ${exactness satisfies never}`)
  }
}
