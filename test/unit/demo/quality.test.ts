import { describe, expect, test } from 'vitest'
import { qualityMetrics } from '../../../demo/build/quality-set'
import { withResults } from '../../../demo/build/with-results'
import { chartRows } from '../../../demo/quality/chart-rows'
import type { Measured, QualityFile, QualityRow, QualitySet } from '../../../demo/quality/quality-file'
import { reading } from '../../../demo/quality/reading'
import { writeValue } from '../../../demo/quality/write-value'
import type { Evaluation } from '../../../pack/evaluate/evaluation'

const ours = (name: string, hits: Measured, byPlace: Measured = hits): QualityRow => ({
  name,
  kind: 'ours',
  values: { 'hr@10': hits, 'ndcg@10': byPlace },
})
const paper = (name: string, mean: number): QualityRow => ({ name, kind: 'published', source: 'S', values: { 'hr@10': { mean } } })

function set(rows: readonly QualityRow[], chance: number | undefined = 0.01): QualitySet {
  const metrics = [
    { id: 'hr@10', label: 'Hits', ...(chance !== undefined && { chance }) },
    { id: 'ndcg@10', label: 'Hits, by place' },
  ]
  return { id: 's', title: 'T', asked: 'A', items: 1000, metrics, rows }
}

describe('rows of a chart', () => {
  const rows = [ours('ease', { mean: 0.1, error: 0.02 }, { mean: 0.9 }), paper('SASRec', 0.2), ours('sasrec', { mean: 0.15, error: 0.1 })]

  test('stand in the order of the first metric in every chart, and one model twice has two names', () => {
    expect(chartRows(set(rows), 'hr@10').map(({ label }) => label)).toEqual(['SASRec (paper)', 'SASRec', 'EASE'])
    expect(chartRows(set(rows), 'ndcg@10').map(({ label }) => label)).toEqual(['SASRec', 'EASE'])
  })

  test('have bars of two standard errors to either side, none below 0, and none where no error is known', () => {
    const [published, neural, ease] = chartRows(set(rows), 'hr@10')
    expect([ease?.low?.toFixed(6), ease?.high?.toFixed(6)]).toEqual(['0.060000', '0.140000'])
    expect([neural?.low, neural?.high]).toEqual([0, 0.35])
    expect([published?.low, published?.high, published?.source]).toEqual([undefined, undefined, 'S'])
  })
})

describe('what a chart says', () => {
  test('nothing better than chance, even where the best lies above it', () => {
    const said = reading(set([ours('ease', { mean: 0.012, error: 0.002 }), ours('terms', { mean: 0.002, error: 0.001 })]))
    expect(said).toMatch(/^No model is shown to be better than chance/)
    expect(said).toContain('“EASE”: in 12 of 1,000 guesses the hidden product was among the 10 named; naming 10 blindly comes to 10.')
  })

  test('who is best, who cannot be told from it, and how many published figures it passes', () => {
    const rows = [
      ours('ease', { mean: 0.1, error: 0.01 }),
      ours('terms', { mean: 0.09, error: 0.01 }),
      ours('popularity', { mean: 0.01, error: 0.001 }),
    ]
    expect(reading(set([...rows, paper('X', 0.05), paper('Y', 0.2)]))).toBe(
      'Best of ours is “EASE”: in 100 of 1,000 guesses the hidden product was among the 10 named; naming 10 blindly comes to 10. Its bar overlaps with that of one other of ours: between these the figures do not decide. It lies above 1 of the 2 published figures.',
    )
    expect(reading(set([rows[0]!, rows[2]!, paper('X', 0.05)]))).toMatch(/stands clear of all our others\. It lies above all 1 published/)
  })

  test('who is worse than chance, whether others are better or not; a bar that reaches chance is not', () => {
    const [good, low, lower] = [ours('ease', { mean: 0.1, error: 0.01 }), ours('terms', { mean: 0.002 }), ours('gru', { mean: 0.001 })]
    const near = ours('transitions', { mean: 0.006, error: 0.002 })
    expect(reading(set([good, low, near]))).toMatch(/“Shared words” lies wholly below chance: worse than naming products blindly\.$/)
    expect(reading(set([low, lower, near]))).toContain('“Shared words”, “GRU” lie wholly below chance')
    expect(reading(set([good, near]))).not.toContain('below chance')
    expect(reading({ ...set([good, low]), metrics: [{ id: 'hr@10', label: 'Hits' }] })).not.toContain('below chance')
  })

  test('nothing where nothing of ours was measured', () => {
    expect(reading(set([paper('X', 0.05)]))).toBe('')
    expect(reading({ ...set([]), metrics: [] })).toBe('')
  })

  test('shares are written in percent, means by place as they are', () => {
    expect([writeValue('hr@10', 0.0064), writeValue('hr@20', 0.529), writeValue('ndcg@10', 0.0035), writeValue('mrr@20', 0.189)]).toEqual([
      '0.6 %',
      '53 %',
      '0.004',
      '0.19',
    ])
  })
})

describe('results of public data', () => {
  const at = { hr: { mean: 0.1, error: 0.01 }, ndcg: { mean: 0.05, error: 0.02 }, mrr: { mean: 0.03, error: 0.01 } }
  const rest = { precision: at.hr, recall: at.hr, f1: at.hr }
  const evaluation = {
    protocol: 'leave-one-out',
    itemCount: 100,
    cases: 7,
    allCases: 7,
    support: 3,
    seed: 1,
    models: [{ model: 'ease', quality: { at: { 10: { ...at, ...rest } } } }],
    absent: [],
  } as unknown as Evaluation // the parts that are read
  const measured = { day: '2026-03-01', machine: 'a laptop' }
  const file: QualityFile = { sets: [set([paper('X', 0.2), ours('terms', { mean: 0.4 })]), { ...set([]), id: 'other' }] }

  test('take the place of what was measured before, published rows and other sets stay', () => {
    const taken = withResults(file, 's', evaluation, measured)
    expect(taken.measured).toEqual(measured)
    expect(taken.sets[0]).toMatchObject({ cases: 7, items: 100, support: 3 })
    expect(taken.sets[0]?.rows).toEqual([ours('ease', at.hr, at.ndcg), paper('X', 0.2)])
    expect(taken.sets[1]).toEqual(file.sets[1])
  })

  test('are refused for an unknown set, a sample, and where a model failed', () => {
    expect(() => withResults(file, 'nowhere', evaluation, measured)).toThrow('there is no set "nowhere", expected one of s, other')
    expect(() => withResults(file, 's', { ...evaluation, cases: 6 }, measured)).toThrow('only 6 of 7 cases')
    const absent = [{ model: 'gru', reason: 'out of memory', isFault: true }]
    expect(() => withResults(file, 's', { ...evaluation, absent }, measured)).toThrow('gru could not be measured: out of memory')
  })

  test('chance is that of a target at any place', () => {
    const [hits, byPlace] = qualityMetrics('sessions', 40)
    expect([hits?.id, hits?.chance, byPlace?.id]).toEqual(['hr@20', 0.5, 'mrr@20'])
    expect(byPlace?.chance).toBeCloseTo(3.597739657 / 40, 9)
    expect(qualityMetrics('leave-one-out', 4)[0]?.chance).toBe(1 / 4 + 3 / 4)
    expect(qualityMetrics('next-basket', 40)).toEqual([{ id: 'ndcg@20', label: 'Hits, by place' }])
  })
})
