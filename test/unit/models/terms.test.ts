import { describe, expect, it } from 'vitest'
import { packTermLists, type TermLists } from '../../../worker/models/term-lists'
import { openTerms } from '../../../worker/models/terms'

/** Three terms: 0 in all three items, 1 in the first two, 2 in the last. The fourth item has none. */
const LISTS: TermLists = {
  termCount: 3,
  starts: Uint32Array.of(0, 2, 4, 6, 6),
  terms: Uint32Array.of(0, 1, 0, 1, 0, 2),
  levels: Uint8Array.of(100, 100, 50, 100, 100, 100),
}
const SETTINGS = { decay: 0.5, rarityPower: 1 }
const open = (settings: Record<string, number> = SETTINGS, lists = LISTS) =>
  openTerms({ model: 'terms', settings, tensors: packTermLists(lists) })

function score(model: ReturnType<typeof open>, items: readonly number[], weights?: Float32Array): number[] {
  const out = new Float32Array(model.itemCount).fill(9)
  model.score({ items: Int32Array.from(items), ...(weights && { weights }) }, out)
  return [...out]
}

/** Cosines by hand: rarity log(1 + 4 / holders). */
const RARITY = [Math.log(1 + 4 / 3), Math.log(1 + 4 / 2), Math.log(1 + 4 / 1)] as const
const ROWS = [
  [RARITY[0], RARITY[1], 0],
  [RARITY[0] / 2, RARITY[1], 0],
  [RARITY[0], 0, RARITY[2]],
  [0, 0, 0],
]
const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, at) => sum + value * b[at]!, 0)
const cosine = (a: number, b: number) => dot(ROWS[a]!, ROWS[b]!) / (Math.sqrt(dot(ROWS[a]!, ROWS[a]!) * dot(ROWS[b]!, ROWS[b]!)) || 1)

function expectClose(values: readonly number[], expected: readonly number[]): void {
  expect(values).toHaveLength(expected.length)
  for (const [at, value] of values.entries()) expect(value).toBeCloseTo(expected[at]!, 6)
}

describe('terms', () => {
  it('scores by cosines, the last item of the visit most', () => {
    expectClose(
      score(open(), [2, 0]),
      [0, 1, 2, 3].map((item) => 0.5 * cosine(2, item) + cosine(0, item)),
    )
  })

  it('counts an item again for each time it was seen, and by its weight', () => {
    expectClose(
      score(open(), [0, 2, 0], Float32Array.of(4, 2, 1)),
      [0, 1, 2, 3].map((item) => 2 * cosine(0, item) + cosine(2, item)),
    )
  })

  it('scores 0 for an empty visit, for items without terms, and whatever was asked before', () => {
    const model = open()
    score(model, [0, 1, 2])
    expect(score(model, [])).toEqual([0, 0, 0, 0])
    expect(score(model, [3])).toEqual([0, 0, 0, 0])
  })

  it('explains a score by its parts, which sum to it', () => {
    const model = open()
    const visit = { items: Int32Array.of(2, 1, 3, 1) }
    const scores = score(model, [2, 1, 3, 1])
    for (let item = 0; item < 4; item++) {
      const parts = new Float32Array(4).fill(9)
      model.explain(visit, item, parts)
      expectClose(
        [...parts],
        [2, 1, 3, 1].map((row, at) => 0.5 ** (3 - at) * cosine(row, item)),
      )
      expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(scores[item]!, 6)
    }
    expectClose(score(model, [2, 1, 3, 1]), scores)
  })

  it('gives rare terms more where told so', () => {
    // Item 0 shares its rarer term with item 1, its more frequent one with item 2.
    const [, alikeRare, alikeCommon] = score(open({ ...SETTINGS, rarityPower: 3 }), [0])
    const [, plainRare, plainCommon] = score(open(), [0])
    expect(alikeRare! / alikeCommon!).toBeGreaterThan(plainRare! / plainCommon!)
  })

  it('halves what is a half-life old', () => {
    const model = open({ ...SETTINGS, decay: 1, halfLifeDays: 2 })
    const out = new Float32Array(4)
    model.score({ items: Int32Array.of(0), times: Float64Array.of(0), now: 2 * 86_400_000 }, out)
    expectClose(
      [...out],
      [0, 1, 2, 3].map((item) => cosine(0, item) / 2),
    )
  })

  it('opens one item, and none', () => {
    const one = { termCount: 1, starts: Uint32Array.of(0, 1), terms: Uint32Array.of(0), levels: Uint8Array.of(1) }
    expectClose(score(open(SETTINGS, one), [0]), [1])
    const none = { termCount: 0, starts: Uint32Array.of(0), terms: new Uint32Array(), levels: new Uint8Array() }
    expect(score(open(SETTINGS, none), [])).toEqual([])
  })

  it('refuses parts that are broken, by name', () => {
    const tensors = packTermLists(LISTS)
    const part = { model: 'terms' as const, settings: SETTINGS, tensors }
    const { gaps: _, ...without } = tensors
    expect(() => openTerms({ ...part, tensors: without })).toThrow('"gaps" is missing')
    expect(() => openTerms({ ...part, settings: { decay: 1 } })).toThrow('"rarityPower"')
    const withGaps = (...gaps: number[]) => ({
      ...part,
      tensors: { ...tensors, gaps: { shape: [gaps.length], data: Uint8Array.from(gaps) } },
    })
    expect(() => openTerms(withGaps(1, 1))).toThrow('"gaps"')
    expect(() => openTerms(withGaps(1, 1, 1, 1, 1, 2, 1))).toThrow('"gaps"')
    expect(() => openTerms(withGaps(255, 255, 127, 1, 1, 1, 1, 1))).toThrow('"gaps"')
    expect(() => openTerms(withGaps(0, 1, 1, 1, 1, 1))).toThrow('"gaps"')
    expect(() => openTerms(withGaps(255, 255, 255, 255, 15, 1, 1, 1, 1, 1))).toThrow('"gaps"')
  })
})
