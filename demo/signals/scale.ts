/** The slider of visitors goes up by powers of ten, ten steps each: 100 to 100,000. */
export const VISITOR_STEPS = 30
export const FEWEST_VISITORS = 100

/** How many visitors a step of the slider stands for, to two figures. @param step 0 to `VISITOR_STEPS`. */
export function visitorsAt(step: number): number {
  const exact = FEWEST_VISITORS * 10 ** (step / 10)
  const unit = 10 ** (Math.floor(Math.log10(exact) + 1e-9) - 1)
  return Math.round(exact / unit) * unit
}
