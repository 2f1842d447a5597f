import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SottoError } from '../../../src/shared/errors'
import { readPlan } from '../../../src/shared/signals/read-plan'

const TASK = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8'
const funnel = { name: 'funnel', counts: 'funnel' }

function plan(changes: object = {}): object {
  return { sottoPlan: 1, purpose: 'To see what works.', metrics: [funnel], ...changes }
}

function dapPlan(metrics: readonly object[], changes: object = {}): object {
  const tasks = metrics.map((_, at) => `${'ABCDEFGHIJKLMNOP'[at]}${TASK.slice(1)}`)
  const dap = { leader: 'https://leader.example', helper: 'https://helper.example/dap', tasks, timePrecision: 3600, ...changes }
  return plan({ mode: 'dap', metrics, dap })
}

function faultOf(value: unknown): { path: unknown; message: string } {
  try {
    readPlan(value)
  } catch (error) {
    if (error instanceof SottoError && error.code === 'plan-invalid') return { path: error.details.path, message: error.message }
    throw error
  }
  return { path: undefined, message: 'valid' }
}

const names = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`)
const metric = (fields: object) => plan({ metrics: [{ name: 'm', ...fields }] })
const amount = { counts: 'amount', of: 'basket', currency: 'EUR', bands: [10, 20, 30] }

describe('readPlan', () => {
  it('gives back the object that it was given', () => {
    const value = plan({ participation: 0.25, firstSession: 0, mode: 'local' })
    expect(readPlan(value)).toBe(value)
  })

  it('takes every kind of metric', () => {
    const metrics = [
      { counts: 'interest', categories: ['Shoes', 'Hats'] },
      { counts: 'item', event: 'viewed', items: ['sku-1', 'Pregnancy-test-9'] },
      { counts: 'segment', by: 'stage' },
      { counts: 'segment', by: 'frequency' },
      { counts: 'segment', by: 'recency' },
      { counts: 'funnel', title: 'How far?', epsilon: 2 },
      { counts: 'shelf', slot: 'home' },
      { counts: 'campaign', promotion: 'summer' },
      amount,
      { counts: 'mean', of: 'spent', currency: 'USD', most: 200 },
      { counts: 'rank' },
      { counts: 'rank', slot: 'home' },
      { counts: 'latency', bands: [50, 100.5] },
      { counts: 'backend' },
      { counts: 'errors', epsilon: 0.01 },
      { counts: 'experiment', variants: ['a', 'b'], goal: 'bought' },
    ].map((fields, at) => ({ name: `m-${at}`, ...fields }))
    expect(() => readPlan(plan({ metrics }))).not.toThrow()
    expect(() => readPlan(dapPlan(metrics))).not.toThrow()
    expect(() => readPlan(metric({ counts: 'ranker', features: names(4), clip: 0.5 }))).not.toThrow()
  })

  it.each<[string, unknown, string]>([
    ['nothing', undefined, 'sottoPlan'],
    ['a list', [], 'sottoPlan'],
    ['text', 'plan', 'sottoPlan'],
    ['another version', plan({ sottoPlan: 2 }), 'sottoPlan'],
    ['a version as text', plan({ sottoPlan: '1' }), 'sottoPlan'],
    ['no purpose', plan({ purpose: ' ' }), 'purpose'],
    ['a purpose over two lines', plan({ purpose: 'a\r\nSet-Cookie: b' }), 'purpose'],
    ['an unknown field', plan({ budget: 9 }), 'budget'],
    ['a field that reaches for the prototype', JSON.parse('{"sottoPlan":1,"purpose":"p","metrics":[],"__proto__":{}}'), '__proto__'],
    ['an unknown mode', plan({ mode: 'central' }), 'mode'],
    ['no metric', plan({ metrics: [] }), 'metrics'],
    ['metrics that are none', plan({ metrics: {} }), 'metrics'],
    ['more metrics than fit', plan({ metrics: names(17).map((name) => ({ ...funnel, name })) }), 'metrics'],
    ['a hole for a metric', plan({ metrics: [funnel, null] }), 'metrics[1].counts'],
    ['two metrics of one name', plan({ metrics: [funnel, funnel] }), 'metrics'],
    ['an unknown kind', metric({ counts: 'email' }), 'metrics[0].counts'],
    ['a kind that every object has', metric({ counts: 'constructor' }), 'metrics[0].counts'],
    ['no kind', metric({}), 'metrics[0].counts'],
    ['a kind that is a list', metric({ counts: ['funnel'] }), 'metrics[0].counts'],
    ['a field of another kind', metric({ counts: 'funnel', slot: 'home' }), 'metrics[0].slot'],
    ['a missing field', metric({ counts: 'shelf' }), 'metrics[0].slot'],
    ['a name with capitals', plan({ metrics: [{ ...funnel, name: 'Funnel' }] }), 'metrics[0].name'],
    ['a name that is a script', plan({ metrics: [{ ...funnel, name: "x'; drop table totals" }] }), 'metrics[0].name'],
    ['no epsilon to speak of', metric({ counts: 'funnel', epsilon: 0 }), 'metrics[0].epsilon'],
    ['NaN for epsilon', metric({ counts: 'funnel', epsilon: Number.NaN }), 'metrics[0].epsilon'],
    ['text for epsilon', metric({ counts: 'funnel', epsilon: '1' }), 'metrics[0].epsilon'],
    ['an epsilon that no week can pay', metric({ counts: 'funnel', epsilon: 2.01 }), 'metrics[0].epsilon'],
    ['no category', metric({ counts: 'interest', categories: [] }), 'metrics[0].categories'],
    ['a category of health', metric({ counts: 'interest', categories: ['Shoes', 'Pregnancy tests'] }), 'metrics[0].categories[1]'],
    ['two categories of one name', metric({ counts: 'interest', categories: ['Shoes', 'Shoes'] }), 'metrics[0]'],
    ['a category with the name of no category', metric({ counts: 'interest', categories: ['other'] }), 'metrics[0]'],
    ['63 categories, none and other', metric({ counts: 'interest', categories: names(63) }), 'metrics[0]'],
    ['no currency', metric({ ...amount, currency: '€' }), 'metrics[0].currency'],
    ['bands that fall', metric({ ...amount, bands: [10, 30, 20] }), 'metrics[0].bands[2]'],
    ['a band twice', metric({ ...amount, bands: [10, 10] }), 'metrics[0].bands[1]'],
    ['a band from 0', metric({ ...amount, bands: [0, 10] }), 'metrics[0].bands[0]'],
    ['NaN among bands', metric({ ...amount, bands: [10, Number.NaN] }), 'metrics[0].bands[1]'],
    ['endless bands', metric({ ...amount, bands: [10, Number.POSITIVE_INFINITY] }), 'metrics[0].bands[1]'],
    ['no band', metric({ ...amount, bands: [] }), 'metrics[0].bands'],
    ['a hole in the bands', metric({ ...amount, bands: new Array(3) }), 'metrics[0].bands[0]'],
    ['a mean up to nothing', metric({ counts: 'mean', of: 'spent', currency: 'EUR', most: 0 }), 'metrics[0].most'],
    ['a mean without end', metric({ counts: 'mean', of: 'spent', currency: 'EUR', most: Number.NaN }), 'metrics[0].most'],
    ['an experiment of one variant', metric({ counts: 'experiment', variants: ['a'], goal: 'bought' }), 'metrics[0].variants'],
    ['one variant twice', metric({ counts: 'experiment', variants: ['a', 'a'], goal: 'bought' }), 'metrics[0]'],
    ['17 variants', metric({ counts: 'experiment', variants: names(17), goal: 'bought' }), 'metrics[0].variants'],
    ['5 coordinates on the device alone', metric({ counts: 'ranker', features: names(5) }), 'metrics[0]'],
    ['17 coordinates', dapPlan([{ name: 'm', counts: 'ranker', features: names(17) }]), 'metrics[0]'],
    ['a clip of nothing', metric({ counts: 'ranker', features: ['a'], clip: 0 }), 'metrics[0].clip'],
    ['nobody taking part', plan({ participation: 0 }), 'participation'],
    ['more than everybody', plan({ participation: 1.01 }), 'participation'],
    ['a share below nothing', plan({ firstSession: -0.1 }), 'firstSession'],
    ['a share that is no number', plan({ firstSession: Number.NaN }), 'firstSession'],
    ['DAP without operators', plan({ mode: 'dap' }), 'dap'],
    ['operators without DAP', { ...dapPlan([funnel]), mode: 'local' }, 'dap'],
    ['operators and no mode', { ...dapPlan([funnel]), mode: undefined }, 'dap'],
    ['an aggregator in clear', dapPlan([funnel], { leader: 'http://leader.example' }), 'dap.leader'],
    ['an aggregator with a password', dapPlan([funnel], { helper: 'https://me:word@helper.example' }), 'dap.helper'],
    ['an aggregator that looks like this machine', dapPlan([funnel], { helper: 'http://localhost.example/' }), 'dap.helper'],
    ['an address over two lines', dapPlan([funnel], { leader: 'https://leader.example/\nhost' }), 'dap.leader'],
    ['no aggregator', dapPlan([funnel], { helper: undefined }), 'dap.helper'],
    ['a task for no metric', dapPlan([funnel], { tasks: [TASK, `B${TASK.slice(1)}`] }), 'dap.tasks'],
    ['one task for two metrics', dapPlan([funnel, { ...funnel, name: 'b' }], { tasks: [TASK, TASK] }), 'dap.tasks'],
    ['a task of 31 bytes', dapPlan([funnel], { tasks: [TASK.slice(1)] }), 'dap.tasks[0]'],
    ['a task with bits to spare', dapPlan([funnel], { tasks: [`${TASK.slice(0, -1)}9`] }), 'dap.tasks[0]'],
    ['half a second', dapPlan([funnel], { timePrecision: 0.5 }), 'dap.timePrecision'],
    ['no time', dapPlan([funnel], { timePrecision: 0 }), 'dap.timePrecision'],
  ])('refuses %s', (_, value, path) => {
    const fault = faultOf(value)
    expect(fault.path).toBe(path)
    expect(fault.message).toContain(`signal plan: ${path} must be `)
  })

  it('says what was expected and what came', () => {
    expect(faultOf(metric({ ...amount, bands: [10, 30, 20] })).message).toBe(
      'signal plan: metrics[0].bands[2] must be a number above 30, at most 1000000000; got 20',
    )
    expect(faultOf(metric({ counts: 'funnel', epsilon: 3 })).message).toBe(
      "signal plan: metrics[0].epsilon must be a number from 0.01 to 2 (a week's whole budget); got 3",
    )
    expect(faultOf(plan({ sottoPlan: 2 })).message).toBe('signal plan: sottoPlan must be 1; got 2')
    expect(faultOf(plan({ mode: 'both' })).message).toBe("signal plan: mode must be one of local,dap; got 'both'")
  })

  it.each<[unknown, string]>([
    [plan({ purpose: ' ' }), "purpose must be a line of 1 to 500 characters; got ' '"],
    [metric({ counts: 'funnel', name: 'A b' }), "metrics[0].name must be 1 to 40 of a-z, 0-9, -; got 'A b'"],
    [metric({ counts: 'item', event: 'sold', items: ['a'] }), "metrics[0].event must be one of viewed,carted,bought; got 'sold'"],
    [metric({ ...amount, currency: 'eur' }), "metrics[0].currency must be like EUR; got 'eur'"],
    [metric({ counts: 'segment', by: 'age' }), "metrics[0].by must be one of stage,frequency,recency; got 'age'"],
    [dapPlan([funnel], { leader: 'ftp://a' }), "dap.leader must be an https address; got 'ftp://a'"],
    [dapPlan([funnel], { tasks: ['x'] }), "dap.tasks[0] must be 32 bytes in base64url; got 'x'"],
    [plan({ purposes: 'x' }), "purposes must be one of sottoPlan,purpose,mode,metrics,participation,firstSession,dap; got 'purposes'"],
  ])('says it in words: %j', (value, message) => {
    expect(faultOf(value).message).toBe(`signal plan: ${message}`)
  })

  it('says of a plan of tomorrow that it is of tomorrow, whatever else is new in it', () => {
    expect(faultOf({ ...plan({ sottoPlan: 2 }), metrics: 'by number', regions: [] }).path).toBe('sottoPlan')
  })

  it('lets operators be tried out on this machine', () => {
    expect(faultOf(dapPlan([funnel], { leader: 'http://localhost:8080', helper: 'http://127.0.0.1/dap' })).message).toBe('valid')
  })

  it('lets a histogram of DAP be longer than a report of the device alone', () => {
    const most = (categories: number) => ({ name: 'm', counts: 'interest', categories: names(categories) })
    expect(() => readPlan(plan({ metrics: [most(62)] }))).not.toThrow()
    expect(() => readPlan(dapPlan([most(1022)]))).not.toThrow()
    expect(faultOf(dapPlan([most(1023)])).path).toBe('metrics[0]')
  })

  it('never fails otherwise, whatever came', () => {
    fc.assert(
      fc.property(fc.anything({ withNullPrototype: true, withBigInt: true }), fc.anything(), (anything, other) => {
        expect(faultOf(anything).path).toBeDefined()
        expect(faultOf(plan({ metrics: [{ name: 'm', counts: 'interest', categories: anything }] })).message).toMatch(
          /^valid$|^signal plan: /,
        )
        expect(faultOf(plan({ metrics: [anything, other] })).path).toBeDefined()
      }),
      { numRuns: 300, seed: 7 },
    )
  })
})
