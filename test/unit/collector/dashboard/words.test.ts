import { describe, expect, test } from 'vitest'
import { basisWords, cautionSentence, comersSentence, epsilonSentence } from '../../../../collector/dashboard/words/basis-words'
import { changeCell, changeSentence, inAmounts, pointsRange } from '../../../../collector/dashboard/words/change-words'
import { listWords } from '../../../../collector/dashboard/words/list-words'
import { decimalsFor, percent, points } from '../../../../collector/dashboard/words/percent'
import { planChange } from '../../../../collector/dashboard/words/plan-words'
import { BROWSERS, shareSentence, shortShare } from '../../../../collector/dashboard/words/share-words'
import { firstWords, nextWords, sinceWords, weekWords } from '../../../../collector/dashboard/words/week-words'
import { epochOf } from '../../../../src/shared/signals/epoch'
import type { SignalPlan } from '../../../../src/shared/signals/signal-plan'
import { madeDocument, WEEK } from '../../../support/estimates-document'
import { documentOf, published } from './make-published'

const plain = (text: string) => text.replaceAll('\u00a0', ' ')
const between = (low: number, high: number, value = (low + high) / 2) => ({ value, low, high })

describe('a share', () => {
  test.each([
    [between(0.31, 0.37), 'Between 31 % and 37 % of the browsers that came back bought something.', '31–37 %'],
    [between(0.312, 0.331), 'Between 31.2 % and 33.1 % of the browsers that came back bought something.', '31.2–33.1 %'],
    [between(-0.01, 0.03), 'At most 3 % of the browsers that came back bought something.', '≤ 3 %'],
    // What rounds to nothing is no lower bound.
    [between(0.002, 0.06), 'At most 6 % of the browsers that came back bought something.', '≤ 6 %'],
    [between(0.96, 1.02), 'At least 96 % of the browsers that came back bought something.', '≥ 96 %'],
    [between(0.33999, 0.34001), 'About 34.00 % of the browsers that came back bought something.', '34.00 %'],
    // An estimate below 0 is an artefact: never a negative share.
    [between(-0.05, 0.03), 'About none of the browsers that came back bought something: at most 3 %.', '≤ 3 %'],
    [between(-0.05, -0.01), 'About none of the browsers that came back bought something.', 'about none'],
    // It may be a lot: that is not none.
    [between(-0.5, 0.4), 'At most 40 % of the browsers that came back bought something.', '≤ 40 %'],
    [between(0.05, 0.95), 'How many of the browsers that came back bought something: too few reports to tell.', 'too few to tell'],
  ])('%o: %s', (interval, sentence, short) => {
    expect(plain(shareSentence(interval, BROWSERS, 'bought something'))).toBe(sentence)
    expect(plain(shortShare(interval))).toBe(short)
  })

  test('that is unknown says so', () => {
    expect(shareSentence(undefined, BROWSERS, 'clicked')).toBe('How many of the browsers that came back clicked: too few reports to tell.')
  })

  test('has as many decimals as it is worth', () => {
    expect([0.5, 0.03, 0.02, 0.003, 0.001].map(decimalsFor)).toEqual([0, 0, 1, 1, 2])
    expect(plain(percent(0.0512, 1))).toBe('5.1 %')
    expect([0.03, -0.004, -0.0001].map((difference) => points(difference, 1))).toEqual(['+3.0', '−0.4', '0.0'])
  })
})

describe('a change', () => {
  const change = (low: number, high: number) => {
    const direction = low > 0 ? ('up' as const) : high < 0 ? ('down' as const) : ('unclear' as const)
    return { low, high, value: (low + high) / 2, direction }
  }
  test.each([
    [change(0.02, 0.06), 'Up from the week before, by 2 to 6 points.', 'up by 2 to 6 points'],
    [change(-0.06, -0.02), 'Down from the week before, by 2 to 6 points.', 'down by 2 to 6 points'],
    [
      change(-0.03, 0.05),
      'Up from the week before? Too few to tell: the change lies between −3 and +5 points.',
      'too few to tell (−3 to +5)',
    ],
    [
      change(-0.05, 0.03),
      'Down from the week before? Too few to tell: the change lies between −5 and +3 points.',
      'too few to tell (−5 to +3)',
    ],
    // No share changes by 167 points.
    [change(-1.67, 1.5), 'Up or down from the week before? Too few to tell.', 'too few to tell'],
  ])('%o', (given, sentence, cell) => {
    expect(changeSentence(given, 'the week before')).toBe(sentence)
    expect(changeCell(given)).toBe(cell)
  })

  test('in another unit, as a range, and of nothing', () => {
    expect(changeSentence(change(0.5, 1.25), 'the week before', inAmounts, 'EUR')).toBe('Up from the week before, by 0.50 to 1.25 EUR.')
    expect(pointsRange(change(-0.02, 0.04))).toBe('−2 to +4 points')
    expect(changeCell(undefined)).toBe('')
  })
})

describe('weeks', () => {
  test.each([
    ['2026-11-09', '9 to 15 November 2026'],
    ['2026-11-30', '30 November to 6 December 2026'],
    ['2026-12-28', '28 December 2026 to 3 January 2027'],
  ])('%s', (day, words) => {
    expect(weekWords(epochOf(Date.parse(day)))).toBe(words)
  })

  test('are compared with the one before, or by name', () => {
    expect(sinceWords(WEEK, WEEK - 1)).toBe('the week before')
    expect(sinceWords(WEEK, WEEK - 3)).toBe('the week of 19 October')
  })

  test.each([
    ['2026-11-24T12:00:00Z', 'The week of 16 to 22 November 2026 is published on Monday, 30 November 2026, 01:00 UTC.'],
    // Monday, before and after one o'clock.
    ['2026-11-23T00:59:00Z', 'The week of 9 to 15 November 2026 is published on Monday, 23 November 2026, 01:00 UTC.'],
    ['2026-11-23T01:00:00Z', 'The week of 16 to 22 November 2026 is published on Monday, 30 November 2026, 01:00 UTC.'],
  ])('at %s the next is named', (now, words) => {
    expect(nextWords(Date.parse(now))).toBe(words)
  })

  test('simulated weeks are promised for no day of the real calendar', () => {
    for (const words of [nextWords(undefined), firstWords(undefined)]) {
      expect(words).toMatch(/simulated/)
      expect(words).not.toMatch(/\d/)
    }
  })

  test('before anything is published, it is said when', () => {
    const words = firstWords(Date.parse('2026-11-24T12:00:00Z'))
    expect(words).toContain('about the week of 16 to 22 November 2026, it appears on Monday, 30 November 2026, 01:00 UTC')
    expect(words).toContain('the week that runs now, on Monday, 7 December 2026, 01:00 UTC')
  })
})

describe('what figures rest on', () => {
  test('reports, coverage, epsilon', () => {
    expect(plain(basisWords(12_345, 1, 1))).toBe('12,345 reports · every browser that came back was asked · ε = 1')
    expect(plain(basisWords(50, 0.4, 0.5))).toBe('50 reports · 40 % of the browsers that came back were asked, drawn at random · ε = 0.5')
  })

  test('who is heard', () => {
    expect(plain(comersSentence(0.1))).toContain('10 % of new browsers, drawn at random, answer on their first visit.')
    expect(comersSentence(0)).toContain('Those who come only once are not heard at all.')
  })

  test('epsilon in one sentence, with e to its power', () => {
    expect(epsilonSentence(1)).toContain('with ε = 1, whatever a report says is at most 2.7 times as likely')
    expect(epsilonSentence(4)).toContain('at most 55 times')
    expect(epsilonSentence(1).match(/\./g)).toHaveLength(2)
  })

  test('epsilon where noise is added to the sum of two operators', () => {
    expect(epsilonSentence(1, 'dap')).toMatch(/^Every answer is split between two operators.*at most 2\.7 times as likely/)
  })

  test('what it takes to be called a change where many are looked at', () => {
    expect(plain(cautionSentence(64))).toBe(
      '64 differences are looked at together: only what holds with 99.92 % (95 % after Bonferroni’s correction) counts as one.',
    )
    expect(plain(cautionSentence(2))).toContain('97.5 %')
  })
})

test('names in a row', () => {
  expect([[], ['a'], ['a', 'b'], ['a', 'b', 'c', 'd'], ['a', 'b', 'c', 'd', 'e']].map((names) => listWords(names))).toEqual([
    '',
    'a',
    'a and b',
    'a, b, c and d',
    'a, b, c and 2 others',
  ])
})

describe('a changed plan', () => {
  const metric = { name: 'funnel', counts: 'funnel' } as const
  const of = (plan: string) => published(metric, [[10, 20, 30, 20, 20]], { plan })
  const plans: Record<string, SignalPlan> = {}

  test('is told in its first week only', () => {
    const weeks = [[of('bbbbbbbbbb')], [of('bbbbbbbbbb'), of('aaaaaaaaaa')], [of('aaaaaaaaaa')]]
    const document = madeDocument(plans, weeks)
    expect(planChange(document, document.epochs[0]!)).toBeUndefined()
    expect(planChange(document, document.epochs[1]!)).toMatch(/^The site changed its plan: bbbbbbbb is new in this week/)
    expect(planChange(document, document.epochs[2]!)).toBeUndefined()
  })

  test('is not told after a week in which nobody reported', () => {
    const document = madeDocument(plans, [[of('aaaaaaaaaa')], [], [of('aaaaaaaaaa')]])
    expect(planChange(document, document.epochs[0]!)).toBeUndefined()
  })

  test('is not told of one plan', () => {
    const document = documentOf([metric], [[published(metric, [[1, 1, 1, 1, 1]])], [published(metric, [[1, 1, 1, 1, 1]])]])
    expect(planChange(document, document.epochs[0]!)).toBeUndefined()
  })
})
