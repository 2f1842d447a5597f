import { chancesOf, type SubsetDesign } from '../../src/shared/signals/subset-selection'

/**
 * The slow, obvious distribution of how many of `reports` hold a bucket that `trueCount` browsers are in: browser by browser.
 * @returns [reports + 1]
 */
export function countChances(design: SubsetDesign, reports: number, trueCount: number): Float64Array {
  const { p, q } = chancesOf(design)
  let chances = new Float64Array(reports + 1)
  chances[0] = 1
  for (let browser = 0; browser < reports; browser++) {
    const chance = browser < trueCount ? p : q
    chances = chances.map((same, count) => same * (1 - chance) + (count > 0 ? chances[count - 1]! * chance : 0))
  }
  return chances
}
