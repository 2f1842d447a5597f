import { describe, expect, test } from 'vitest'
import type { FoundQuality } from '../../../bench/quality/found-quality'
import { KNOWN_DATA, type KnownData } from '../../../bench/quality/known-data'
import { qualityReport } from '../../../bench/quality/quality-report'
import { readFound } from '../../../bench/quality/read-found'
import { qualitySection } from '../../../bench/quality/write-quality'
import type { Evaluation } from '../../../pack/evaluate/evaluation'
import { temporaryFolder } from '../pack/evaluate/temporary-folder'

const DATA: KnownData = {
  title: 'Things',
  folder: 'things',
  protocol: 'leave-one-out',
  supports: [3, 5],
  isPacked: true,
  learned: 'Learned from what was before.',
  published: [{ model: 'Paper', figures: ['.0600', '.0300'], source: 'Someone, 2020' }],
  demands: [
    { model: 'blend', figure: 0, atLeast: 0.1, why: 'the budget' },
    { model: 'gru', figure: 1, atLeast: 0.02, why: 'its own row' },
  ],
}

function evaluation(models: Record<string, number>, rest: Partial<Evaluation> = {}): Evaluation {
  const at = (hr: number) => ({ hr: { mean: hr, error: 0.002 }, ndcg: { mean: hr / 2, error: 0.001 } })
  const found = {
    protocol: 'leave-one-out',
    itemCount: 40,
    cases: 100,
    allCases: 100,
    support: 3,
    seed: 1,
    models: Object.entries(models).map(([model, hr]) => ({
      model,
      settings: { 'ease.lambda': 50, 'ease.kept': 100 },
      trials: [],
      quality: { at: { 10: at(hr) }, msPerCase: 2 },
      chooseMs: 60_000,
      learnMs: 60_000,
      packBytes: { raw: 4000, gzip: 3000 },
    })),
    absent: [],
    ...rest,
  }
  return found as unknown as Evaluation // the parts that are read
}

const PACK = { support: 5, items: 40, coreBytes: 150_000, allBytes: 2_000_000, ms: 600_000 }
const reported = (...found: FoundQuality[]) => qualityReport(found, { missing: [], isSample: false })

describe('what quality is held against', () => {
  test('figures, speed, learning and the pack, each with its own budget', () => {
    const { demands, isWithin } = reported({ data: DATA, evaluations: [evaluation({ blend: 0.11, gru: 0.05 })], pack: PACK })
    expect(demands.map(({ compares, ratio, isKept }) => [compares, Number(ratio.toFixed(3)), isKept])).toEqual([
      ['Things: blend, HR@10 of 0.1100 against 0.1000, the budget', 1.1, true],
      ['Things: gru, NDCG@10 of 0.0250 against 0.0200, its own row', 1.25, true],
      ["Things: the blend's milliseconds a user, 2.00 against 10", 0.2, true],
      ['Things: minutes of choosing and learning the blend, 2.0 against 30', 0.067, true],
      ['Things: a pack of 40 items with the default parts, support 5: MB by gzip in all, 2.00 against 4', 0.5, true],
      ['Things: a pack of 40 items with the default parts, support 5: KB by gzip before the first shelf, 150 against 300', 0.5, true],
      ['Things: a pack of 40 items with the default parts, support 5: minutes to make it, 10.0 against 30', 0.333, true],
    ])
    expect(isWithin).toBe(true)
  })

  test.each([
    ['too few hits', evaluation({ blend: 0.099 }), PACK, 'HR@10'],
    ['a large pack', evaluation({ blend: 0.11 }), { ...PACK, allBytes: 4_000_001 }, 'in all'],
    ['a large core', evaluation({ blend: 0.11 }), { ...PACK, coreBytes: 300_001 }, 'before the first shelf'],
    ['slow learning', evaluation({ blend: 0.11 }), { ...PACK, ms: 1_800_001 }, 'minutes to make it'],
  ])('%s is over budget', (_, found, pack, what) => {
    const { demands, isWithin } = reported({ data: DATA, evaluations: [found], pack })
    const over = demands.filter(({ isKept }) => !isKept)
    expect(over).toHaveLength(1)
    expect(over[0]?.compares).toContain(what)
    expect(isWithin).toBe(false)
  })

  test('a model that was not measured is named, with the reason where there is one', () => {
    const absent = [{ model: 'gru', reason: 'out of memory', isFault: true }]
    const { notes, faults, isWithin } = reported({ data: DATA, evaluations: [evaluation({}, { absent })] })
    expect(notes).toContain('not run: Things: blend, of which something is demanded')
    expect(notes).toContain('not run: Things: gru, of which something is demanded: out of memory')
    expect(faults).toEqual(['Things: gru: out of memory'])
    expect(isWithin).toBe(false)
  })

  test('a quick sample is held against nothing; part of the cases is said', () => {
    const found = { data: DATA, evaluations: [evaluation({ blend: 0.01 }, { cases: 20 })] }
    expect(qualityReport([found], { missing: [], isSample: true }).demands).toEqual([])
    expect(reported(found).demands[0]?.compares).toBe('Things: blend, HR@10 of 0.0100 on 20 of 100 cases against 0.1000, the budget')
    expect(reported(found).notes?.[0]).toContain('20 of 100 cases, evenly spread')
  })
})

describe('the table', () => {
  const first = evaluation({ blend: 0.11, gru: 0.05 })
  const [blend] = first.models
  const retrained = { ...first, models: [{ ...blend!, retrained: blend!.quality }, first.models[1]!] }
  const found = { data: DATA, evaluations: [retrained, evaluation({ blend: 0.105 }, { support: 5 })] }

  test('has published rows first, then ours, the best last, then other supports', () => {
    const [table] = reported(found).tables!
    expect(table?.rows.map(([model, hr]) => [model, hr])).toEqual([
      ['Paper', '.0600'],
      ['**gru**', '.0500 ± .0020'],
      ['**blend**', '.1100 ± .0020'],
      ['blend, learned from the validation too', '.1100 ± .0020'],
      ['**blend**, support 5', '.1050 ± .0020'],
    ])
  })

  test('stands in the section with what was learned from what', () => {
    const section = qualitySection(reported(found), new Date('2026-03-01'))
    expect(section).toContain('| **blend**, support 5 | .1050 ± .0020 | .0525 ± .0010 | 2.00 | 3 | 120 | measured here |')
    expect(section).toContain('- Things: 100 cases, 40 items, support 3 where nothing else is said. Learned from what was before.')
    expect(section).toContain('on 1 March 2026')
  })
})

describe('what was measured before', () => {
  test('files of one support are taken together, others beside them, the pack too', () => {
    const path = temporaryFolder({
      'things.a.json': JSON.stringify(evaluation({ blend: 0.11 })),
      'things.b.json': JSON.stringify(evaluation({ gru: 0.05, blend: 0.2 })),
      'things.five.json': JSON.stringify(evaluation({ blend: 0.1 }, { support: 5 })),
      'things.pack.json': JSON.stringify(PACK),
      'others.json': '{}',
    })
    const found = readFound(path, DATA)
    expect(found?.evaluations.map(({ support, models }) => [support, models.map(({ model }) => model)])).toEqual([
      [3, ['blend', 'gru']],
      [5, ['blend']],
    ])
    expect(found?.evaluations[0]?.models[0]?.quality.at[10]?.hr.mean).toBe(0.11)
    expect(found?.pack).toEqual(PACK)
    expect(readFound(path, { ...DATA, folder: 'none' })).toBeUndefined()
  })

  test('rows of different cases are not put side by side', () => {
    const path = temporaryFolder({
      'things.a.json': JSON.stringify(evaluation({ blend: 0.11 })),
      'things.b.json': JSON.stringify(evaluation({ gru: 0.05 }, { cases: 50 })),
    })
    expect(() => readFound(path, DATA)).toThrow('leave-one-out, support 3: 50 cases in one file, 100 in another')
  })
})

test('each data set says what is learned from what, and beauty is measured as packs are made', () => {
  for (const { learned, title } of KNOWN_DATA) expect([title, learned.length > 50]).toEqual([title, true])
  expect(KNOWN_DATA[0]).toMatchObject({ folder: 'amazon-beauty', supports: [3, 5], isPacked: true })
})
