import { describe, expect, test } from 'vitest'
import { expectationWords, outcomeWords, runWords, whereWords } from '../../../../demo/signals/crowd-words'
import { outcomeOf } from '../../../../demo/signals/outcome'
import { simulatedMetrics } from '../../../../demo/signals/simulated-metric'
import { PLAN, SHARES } from '../make-simulation'

const [metric] = simulatedMetrics(PLAN, SHARES)
const interval = (value: number) => ({ value, low: value - 10, high: value + 10 })
const drawn = outcomeOf(metric!, Uint32Array.of(300, 200, 400, 100), [interval(310), interval(190), interval(410), interval(90)])
const withheld = outcomeOf(metric!, Uint32Array.of(10, 10, 10, 10), undefined)

describe('a crowd in words', () => {
  test('says what is to be expected, in browsers and in percent, and from where on anything can be seen', () => {
    const words = expectationWords(metric!, 10_000)
    const [, reach, percent] = /give or take ([\d,]+) browsers \(([\d.]+)\s%\)/.exec(words)!
    expect(Number(reach!.replace(',', '')) / 100).toBeCloseTo(Number(percent), 0)
    expect(words).toMatch(/From [\d.]+\s% up a bucket can be told from an empty one/)
    const [private_] = simulatedMetrics(PLAN, SHARES, 0.1)
    expect(expectationWords(private_!, 100)).toMatch(/No bucket can be told from an empty one/)
  })

  test('says how far a run was off as it said what was expected: give or take so many, 95 times of 100', () => {
    // Each of the four is off by 10: two standard errors of that are 20.
    const words = outcomeWords(metric!, drawn)
    expect(words).toMatch(/This run: give or take 20 browsers \(2\.0\s%\)\.$/)
    const expected = (said: string) => /^Expected: (give or take [^.]+\.\d\s%\))/.exec(said)?.[1]
    expect(expected(words)).toBeDefined()
    expect(expected(words)).toBe(expected(expectationWords(metric!, 1000)))
    expect(outcomeWords(metric!, withheld)).toBe('Withheld: fewer than 50 reports.')
  })

  test('says of a run with what and where it was made', () => {
    expect(runWords({ visitors: 1000, epsilon: 1, isPosted: true }, [drawn])).toBe(
      '1,000 visitors, epsilon 1.0, by the collector: 4 of 4 intervals hold the truth; give or take 2.0\u00a0%',
    )
    expect(runWords({ visitors: 40, epsilon: 0.5, isPosted: false }, [withheld])).toBe(
      '40 visitors, epsilon 0.5, in this page: nothing published',
    )
  })

  test('says why reports go to the collector, or stay', () => {
    expect(whereWords(true, 1, 1)).toMatch(/^Every report is posted to the collector/)
    expect(whereWords(true, 0.5, 1)).toMatch(/^This shop’s plan asks for 1, .* in this page only/)
    expect(whereWords(true, 2.1, 1)).toMatch(/^No plan may ask for more than 2 a week: .* in this page only/)
    expect(whereWords(false, 1, 1)).toMatch(/^No collector answers here/)
  })
})
