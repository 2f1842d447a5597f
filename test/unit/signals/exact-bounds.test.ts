import { describe, expect, it } from 'vitest'
import { exactBounds } from '../../../src/shared/signals/exact-bounds'
import { subsetDesign } from '../../../src/shared/signals/subset-selection'
import { countChances } from '../../support/count-chances'

const design = subsetDesign(64, 4e6)

describe('exactBounds', () => {
  it('are the truths whose own distribution does not have the count in a tail', () => {
    for (const reports of [1, 7, 50])
      for (let count = 0; count <= reports; count += Math.ceil(reports / 9))
        for (const dither of [0, 0.3, 0.5, 1]) {
          const kept = Array.from({ length: reports + 1 }, (_, truth) => truth).filter((truth) => {
            const chances = countChances(design, reports, truth)
            const below = chances.slice(0, count).reduce((sum, chance) => sum + chance, 0) + dither * chances[count]!
            return below >= 0.025 && below <= 0.975
          })
          const { low, high } = exactBounds(design, reports, count, dither, 0.025)
          expect(Array.from({ length: Math.max(0, high - low + 1) }, (_, at) => low + at)).toEqual(kept)
        }
  })

  it('says that none is too many, or all too few', () => {
    expect(exactBounds(subsetDesign(64, 1e6), 50, 0, 0.5, 0.025).high).toBe(-1)
    expect(exactBounds(subsetDesign(64, 1e6), 50, 50, 0.5, 0.025).low).toBe(51)
  })
})
