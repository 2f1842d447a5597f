import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Database } from '../../../collector/database/database'
import { openDatabase } from '../../../collector/database/open-database'
import { EPOCH_MS, epochStart } from '../../../src/shared/signals/epoch'
import { closesAt } from '../../../src/shared/signals/epoch-window'
import type { EstimatesDocument, PublishedMetric } from '../../../src/shared/signals/estimates'
import { ADMIN, contentOf, EPOCH, PLAN, START, testCollector, testCollectorBeside } from '../../support/test-collector'

let database: Database
beforeAll(async () => {
  database = await openDatabase('memory')
}, 120_000)
afterAll(() => database.close())

type Bench = Awaited<ReturnType<typeof testCollector>>
let bench: Bench
beforeEach(async () => {
  bench = await testCollector(database)
})

const totals = async () =>
  (
    await database.transaction((run) =>
      run('SELECT metric, part, reports, counts FROM sotto.totals WHERE epoch = $1 ORDER BY metric, part', [EPOCH]),
    )
  ).map(({ reports, counts }) => ({ reports, counts }))
const estimates = async (query = ''): Promise<EstimatesDocument> => JSON.parse((await bench.get(`/v1/estimates${query}`)).text)
const many = (count: number, wish: Partial<Parameters<Bench['make']>[0]> = {}) =>
  Array.from({ length: count }, () => bench.make({ epoch: EPOCH, ...wish }))
/** Past the end of the next epoch, with its hour. */
const afterClose = () => {
  bench.clock.time = closesAt(EPOCH)
}
const funnelOf = (document: EstimatesDocument, epoch = EPOCH): PublishedMetric | undefined =>
  document.epochs.find((one) => one.epoch === epoch)?.metrics.find(({ name }) => name === 'funnel')

describe('a report', () => {
  test('is counted, once, however often it is sent', async () => {
    const report = bench.make({ epoch: EPOCH, metric: 0 })
    expect(await bench.post(report)).toMatchObject({ status: 200, json: { accepted: 1, duplicates: 0, refused: [] } })
    expect(await bench.post(report)).toMatchObject({ status: 200, json: { accepted: 0, duplicates: 1, refused: [] } })
    const set = Array.from({ length: 5 }, (_, bucket) => (report[32]! >> bucket) & 1)
    expect((await totals())[0]).toEqual({ reports: 1, counts: set })
  })

  test('is counted once where it comes twice in one batch, and where it comes by two collectors', async () => {
    const report = bench.make({ epoch: EPOCH })
    expect((await bench.relay([report, report])).json).toEqual({ accepted: 1, duplicates: 1, refused: [] })
    const beside = await testCollectorBeside(database)
    expect((await beside.post(report)).json).toEqual({ accepted: 0, duplicates: 1, refused: [] })
    expect((await totals()).reduce((sum, { reports }) => sum + Number(reports), 0)).toBe(1)
  })

  test('adds what it holds to what others held', async () => {
    const reports = many(300, { metric: 0 })
    await bench.relay(reports.slice(0, 100))
    await bench.relay(reports.slice(100))
    const expected = Array.from({ length: 5 }, (_, bucket) => reports.filter((report) => (report[32]! >> bucket) & 1).length)
    expect((await totals())[0]).toEqual({ reports: 300, counts: expected })
  })

  test('is taken as a body without a type, and with any', async () => {
    for (const type of ['', 'text/plain', 'application/json', 'application/octet-stream']) {
      const { status } = await bench.post(bench.make({ epoch: EPOCH }), type ? { 'content-type': type } : {})
      expect([type, status]).toEqual([type, 200])
    }
  })

  test('is taken about its epoch until an hour after the next one', async () => {
    bench.clock.time = closesAt(EPOCH) - 1
    await bench.collector.takeTurn()
    expect((await bench.post(bench.make({ epoch: EPOCH }))).status).toBe(200)
    bench.clock.time++
    expect((await bench.post(bench.make({ epoch: EPOCH }))).json.code).toBe('epoch-closed')
  })

  test('of a clock that is up to an hour ahead is taken, of one further ahead is asked to come later', async () => {
    bench.clock.time = epochStart(EPOCH + 1) - 3_600_001
    await bench.collector.takeTurn()
    expect(await bench.post(bench.make({ epoch: EPOCH + 1 }))).toMatchObject({ status: 425, json: { code: 'epoch-early' } })
    bench.clock.time++
    await bench.collector.takeTurn()
    expect((await bench.post(bench.make({ epoch: EPOCH + 1 }))).status).toBe(200)
  })
})

describe('what is refused', () => {
  const changed = (at: number, to: number) => {
    const report = bench.make({ epoch: EPOCH, metric: 1, group: 0, bucket: 0 })
    report[at] = to
    return report
  }

  test.each([
    ['an empty body', () => new Uint8Array(), 'size'],
    ['39 bytes', () => new Uint8Array(39), 'size'],
    ['many reports from anybody', () => Buffer.concat(many(2)), 'size'],
    ['another version', () => changed(0, 2), 'version'],
    ['a field that must be zero', () => changed(3, 1), 'reserved'],
    ['a metric that there is not', () => changed(1, 2), 'metric-unknown'],
    ['a group that there is not', () => changed(2, 2), 'group-unknown'],
    ['a plan that there is not', () => changed(9, bench.make({ epoch: EPOCH })[9]! ^ 1), 'plan-unknown'],
    ['no bucket', () => changed(32, 0), 'bits'],
    ['all buckets', () => changed(32, 3), 'bits'],
    ['a bucket that there is not', () => changed(32, 4), 'bits'],
    ['an epoch long past', () => changed(5, 0), 'epoch-closed'],
    ['an epoch far away', () => changed(7, 255), 'epoch-early'],
  ])('%s: by its code, counted, and nothing is added', async (_name, body, code) => {
    const { status, json } = await bench.post(body())
    expect(json).toEqual({ code, message: expect.any(String) })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(status).toBeLessThan(500)
    expect(new Map(bench.collector.counts.entries()).get(code as 'size')).toBe(1)
    expect((await totals()).every(({ reports }) => reports === 0)).toBe(true)
    expect((await bench.get('/metrics')).text).toContain(`sotto_refused_total{code="${code}"} 1\n`)
  })

  test('of a relay’s batch: each by its place, and the others count', async () => {
    const { json } = await bench.relay([changed(0, 9), bench.make({ epoch: EPOCH }), changed(32, 0)])
    expect(json).toEqual({
      accepted: 1,
      duplicates: 0,
      refused: [
        { at: 0, code: 'version' },
        { at: 2, code: 'bits' },
      ],
    })
  })

  test('a batch that is not of whole reports, all of it', async () => {
    expect(await bench.relay([bench.make({ epoch: EPOCH }), new Uint8Array(1)])).toMatchObject({ status: 400, json: { code: 'size' } })
  })

  test('a body of 64 KiB and a byte', async () => {
    expect(await bench.relay([new Uint8Array(65_537)])).toMatchObject({ status: 413, json: { code: 'too-large' } })
  })

  test('SQL in any byte: it is a number or a nonce to whoever reads it', async () => {
    const report = bench.make({ epoch: EPOCH })
    report.set(new TextEncoder().encode("'); DROP TABLE --").subarray(0, 16), 16)
    expect((await bench.post(report)).status).toBe(200)
    expect((await bench.post(report)).json.duplicates).toBe(1)
    expect((await bench.get('/v1/estimates?epochs=1;DROP%20SCHEMA%20sotto')).status).toBe(400)
    expect((await bench.admin('DELETE', '/v1/admin/epochs/1%20OR%201=1')).statusCode).toBe(400)
    expect((await totals()).reduce((sum, { reports }) => sum + Number(reports), 0)).toBe(1)
  })

  test.each([
    ['/v1/estimates?epochs=0', 'the parameter epochs is "0", expected a whole number from 1 to 520'],
    ['/v1/estimates?epochs=521', 'the parameter epochs is "521", expected a whole number from 1 to 520'],
    ['/v1/estimates?epochs=', 'the parameter epochs is "", expected a whole number from 1 to 520'],
    ['/v1/estimates?epochs=1&epochs=2', 'the parameter epochs is "1%2C2", expected a whole number from 1 to 520'],
    ['/v1/estimates?epoch=3', 'the address has a parameter "epoch", expected none but epochs'],
    [
      '/v1/estimates?epochs=%3Cscript%3Ealert(%22a%22)%3C/script%3E%0d%0aX-Evil:1',
      'the parameter epochs is "%3Cscript%3Ealert(%22a%22)%3C%2Fscript%3E%0D%0AX…", expected a whole number from 1 to 520',
    ],
    [`/v1/estimates?${'<b>'.repeat(500)}=1`, `the address has a parameter "${'%3Cb%3E'.repeat(10)}…", expected none but epochs`],
    [
      `/v1/estimates?epochs=${'x'.repeat(29)}%F0%9F%98%80`,
      `the parameter epochs is "${'x'.repeat(29)}%EF%BF%BD…", expected a whole number from 1 to 520`,
    ],
    ['/v1/estimates?epochs=%ed%a0%80', 'the parameter epochs is "%25ed%25a0%2580", expected a whole number from 1 to 520'],
  ])('%s: the parameter by its name, what was expected and what came, as nothing that runs', async (url, message) => {
    const { status, text, headers } = await bench.get(url)
    expect([status, JSON.parse(text)]).toEqual([400, { code: 'request-invalid', message }])
    expect(text).not.toMatch(/[<>\r\n]/)
    expect(headers).toMatchObject({ 'content-type': 'application/json; charset=utf-8', 'x-content-type-options': 'nosniff' })
    expect(headers).not.toHaveProperty('x-evil')
    expect(bench.collector.counts.entries().find(([code]) => code === 'request-invalid')![1]).toBe(1)
    expect(bench.log).toEqual([])
  })

  test('a parameter of administration by its name; an address that cannot be read, without repeating it', async () => {
    expect((await bench.admin('DELETE', '/v1/admin/epochs/now')).json()).toEqual({
      code: 'request-invalid',
      message: 'the parameter epoch is "now", expected a whole number from 0 to 1000000',
    })
    expect(JSON.parse((await bench.get('/v1/%c0evil')).text).message).toMatch(/^the address of the request cannot be read: (?!.*evil)/)
  })

  test('other addresses and methods, without repeating them', async () => {
    for (const url of ['/v1/nothing', '/v1/<script>', '/%c0', '/../../etc/passwd', '/v1/plan.json%0d%0aX-Evil:1']) {
      const { status, text, headers } = await bench.get(url)
      expect([url, status >= 400 && status < 500]).toEqual([url, true])
      expect(text).not.toMatch(/script|passwd|Evil|c0/)
      expect(headers).not.toHaveProperty('x-evil')
    }
    expect((await bench.get('/v1/reports')).status).toBe(404)
  })

  test('too many from one address, told when to come again; a relay is not counted', async () => {
    const limited = await testCollector(database, { server: { reportsPerMinute: 2, proxies: 1 } })
    const from = (address: string) => limited.post(limited.make({ epoch: EPOCH }), { 'x-forwarded-for': address })
    const statuses = [await from('10.0.0.1'), await from('10.0.0.1'), await from('10.0.0.1')]
    expect(statuses.map(({ status }) => status)).toEqual([200, 200, 429])
    expect(statuses[2]).toMatchObject({ json: { code: 'too-many' }, headers: { 'retry-after': expect.any(String) } })
    expect((await from('10.0.0.2')).status).toBe(200)
    // Of what a visitor claims before the proxy adds the address that it sees, nothing is believed.
    expect((await from('10.9.9.9, 10.0.0.1')).status).toBe(429)
    for (let time = 0; time < 4; time++) expect((await limited.relay([limited.make({ epoch: EPOCH })])).status).toBe(200)
  })

  test('reports from pages of other origins, where the site says which', async () => {
    const strict = await testCollector(database, { server: { origins: ['https://shop.example'] } })
    const from = (origin: string) => strict.post(strict.make({ epoch: EPOCH }), { origin })
    expect(await from('https://shop.example')).toMatchObject({
      status: 200,
      headers: { 'access-control-allow-origin': 'https://shop.example' },
    })
    expect(await from('https://evil.example')).toMatchObject({ status: 403, json: { code: 'origin-refused' } })
  })
})

describe('publishing', () => {
  test('an epoch is said once it is over, with intervals, and what it was made of is dropped', async () => {
    await bench.relay(many(1500, { metric: 0, bucket: 1 }))
    expect((await estimates()).epochs).toEqual([])
    afterClose()
    await bench.collector.takeTurn()
    const document = await estimates()
    const funnel = funnelOf(document)!
    expect(document.sotto).toBe('estimates/1')
    expect(document.plans[funnel.plan]).toEqual(PLAN)
    expect(document.epochs[0]).toMatchObject({ epoch: EPOCH, begins: '2026-01-12T00:00:00.000Z', ends: '2026-01-19T00:00:00.000Z' })
    expect(funnel).toMatchObject({ counts: 'funnel', title: 'How far towards a purchase', epsilon: 1, coverage: 1 })
    expect(funnel.groups![0]).toMatchObject({ group: '', reports: 1500 })
    const [none, viewed] = funnel.groups![0]!.buckets
    expect(viewed!.bucket).toBe('viewed')
    expect(viewed!.low).toBeLessThan(1500)
    expect(viewed!.high).toBeGreaterThan(1500)
    expect(none!.low).toBeLessThan(0)
    expect(await totals()).toEqual([])
    const tables = await database.transaction((run) =>
      run("SELECT tablename FROM pg_tables WHERE schemaname = 'sotto' AND tablename LIKE 'nonces%' ORDER BY 1"),
    )
    expect(tables.map(({ tablename }) => tablename)).toEqual([`nonces_${EPOCH + 1}`, `nonces_${EPOCH + 2}`])
  })

  test('49 reports are withheld, and how many there were is not said; 50 are published', async () => {
    for (const [count, isSaid] of [
      [49, false],
      [50, true],
    ] as const) {
      bench = await testCollector(database)
      await bench.relay(many(count, { metric: 0 }))
      afterClose()
      await bench.collector.takeTurn()
      const funnel = funnelOf(await estimates())!
      expect('groups' in funnel).toBe(isSaid)
      expect(funnel.withheld).toBe(isSaid ? undefined : 'fewer than 50 reports')
      if (!isSaid) expect(JSON.stringify(funnel)).not.toMatch(/49|reports":/)
    }
  })

  test('a metric of which one group has too few is withheld whole', async () => {
    await bench.relay([...many(500, { metric: 1, group: 0 }), ...many(49, { metric: 1, group: 1 })])
    afterClose()
    await bench.collector.takeTurn()
    const trial = (await estimates()).epochs[0]!.metrics.find(({ name }) => name === 'trial')!
    expect(trial).toMatchObject({ withheld: 'fewer than 50 reports' })
    expect(trial).not.toHaveProperty('groups')
  })

  test('nothing that is served changes while an epoch is open, however much is reported', async () => {
    const everything = async () => {
      const answers = await Promise.all(['/v1/estimates', '/v1/plan.json', '/ready', '/health'].map((url) => bench.get(url)))
      const metrics = (await bench.get('/metrics')).text.split('\n').filter((line) => !/^(process_|sotto_event_loop)/.test(line))
      const status = (await bench.admin('GET', '/v1/admin/status')).body
      return [...answers.map(({ text }) => text), metrics, status]
    }
    const before = await everything()
    await bench.relay(many(60))
    await bench.relay(many(1))
    bench.clock.time += 60_000
    await bench.collector.takeTurn()
    expect(await everything()).toEqual(before)
    // What does change is seen to.
    await bench.post(new Uint8Array(3))
    expect(await everything()).not.toEqual(before)
  })

  test('what was published stays as it was, character by character, and late reports are refused', async () => {
    await bench.relay(many(80, { metric: 0 }))
    afterClose()
    await bench.collector.takeTurn()
    const first = JSON.stringify((await estimates()).epochs[0])
    expect((await bench.post(bench.make({ epoch: EPOCH, metric: 0 }))).json.code).toBe('epoch-closed')
    bench.clock.time += 20_000
    await bench.collector.takeTurn()
    // Whose clock is behind finds it closed too, and cannot open it again.
    const behind = await testCollectorBeside(database)
    expect((await behind.post(behind.make({ epoch: EPOCH }))).json.code).toBe('epoch-closed')
    bench.clock.time += EPOCH_MS
    await bench.collector.takeTurn()
    const document = await estimates()
    expect(document.epochs.map(({ epoch }) => epoch)).toEqual([EPOCH + 1, EPOCH, EPOCH - 1])
    expect(JSON.stringify(document.epochs[1])).toBe(first)
    expect((await estimates('?epochs=1')).epochs.map(({ epoch }) => epoch)).toEqual([EPOCH + 1])
  })

  test('reports that another collector takes until the last moment are all in it, and none after', async () => {
    const beside = await testCollectorBeside(database)
    await Promise.all([
      bench.relay(many(100, { metric: 0 })),
      beside.relay(Array.from({ length: 30 }, () => beside.make({ epoch: EPOCH, metric: 0 }))),
    ])
    afterClose()
    await bench.collector.takeTurn()
    // Its clock is behind, and it has not looked since.
    const late = await beside.relay([beside.make({ epoch: EPOCH, metric: 0 }), beside.make({ epoch: EPOCH + 1, metric: 0 })])
    expect(late.json).toEqual({
      accepted: 0,
      duplicates: 0,
      refused: [
        { at: 0, code: 'epoch-closed' },
        { at: 1, code: 'epoch-early' },
      ],
    })
    expect(funnelOf(await estimates())!.groups![0]!.reports).toBe(130)
  })

  test('the database is asked once for everybody, however many epochs each wants, and again a while later', async () => {
    afterClose()
    await bench.collector.takeTurn()
    const asked = vi.spyOn(database, 'transaction')
    const counts: number[] = []
    for (const epochs of [1, 2, 3, 520]) counts.push((await estimates(`?epochs=${epochs}`)).epochs.length)
    expect(counts).toEqual([1, 2, 2, 2])
    expect(asked).toHaveBeenCalledTimes(1)
    bench.clock.time += 10_000
    await estimates()
    expect(asked).toHaveBeenCalledTimes(2)
    asked.mockRejectedValueOnce(new Error('away'))
    bench.clock.time += 10_000
    expect((await bench.get('/v1/estimates')).status).toBe(500)
    expect((await estimates()).epochs).toHaveLength(2)
    asked.mockRestore()
  })

  test('an epoch in which nobody reported says the same as one with a few', async () => {
    afterClose()
    await bench.collector.takeTurn()
    const { metrics } = (await estimates()).epochs.find(({ epoch }) => epoch === EPOCH)!
    expect(metrics.map(({ name, withheld }) => [name, withheld])).toEqual([
      ['funnel', 'fewer than 50 reports'],
      ['trial', 'fewer than 50 reports'],
    ])
  })
})

describe('plans', () => {
  const next = contentOf({ ...PLAN, purpose: 'Another one.', metrics: [{ name: 'funnel', counts: 'funnel', epsilon: 2 }] })

  test('are served byte for byte, to every page, with the time', async () => {
    const { text, headers } = await bench.get('/v1/plan.json', { origin: 'https://shop.example' })
    expect(Buffer.from(text).equals(contentOf(PLAN))).toBe(true)
    expect(headers).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300',
      'content-type': /^application\/json/,
    })
    expect(headers['access-control-expose-headers']).toContain('Date')
    expect(headers).not.toHaveProperty('access-control-allow-credentials')
    expect((await bench.get('/v1/plan.json', { 'if-none-match': String(headers.etag) })).status).toBe(304)
  })

  test('put by the administrator, hold at once and everywhere; the one before is taken until its epochs close', async () => {
    const beside = await testCollectorBeside(database)
    await bench.relay(many(60, { metric: 0 }))
    expect((await bench.admin('PUT', '/v1/admin/plan', next)).statusCode).toBe(200)
    expect((await bench.get('/v1/plan.json')).text).toBe(new TextDecoder().decode(next))
    expect((await bench.relay(many(10, { metric: 0 }))).json.accepted).toBe(10)
    // Found by the other one when the first report names it.
    const of = await testCollectorBeside(database, { plan: JSON.parse(new TextDecoder().decode(next)), seed: 9 })
    expect((await beside.post(of.make({ epoch: EPOCH, metric: 0 }))).json).toMatchObject({ accepted: 1 })
    afterClose()
    await bench.collector.takeTurn()
    const { metrics } = (await estimates()).epochs.find(({ epoch }) => epoch === EPOCH)!
    expect(metrics.map(({ name, epsilon, withheld }) => [name, epsilon, withheld])).toEqual([
      ['funnel', 1, undefined],
      ['trial', 1, 'fewer than 50 reports'],
      ['funnel', 2, 'fewer than 50 reports'],
    ])
    // In an epoch that began later, the one before is not known.
    expect((await bench.post(bench.make({ epoch: EPOCH + 2 }))).json.code).toBe('plan-unknown')
  })

  test('of a file that was here before do not undo what was put since', async () => {
    await bench.admin('PUT', '/v1/admin/plan', next)
    const again = await testCollectorBeside(database)
    expect((await again.get('/v1/plan.json')).text).toBe(new TextDecoder().decode(next))
    await again.admin('PUT', '/v1/admin/plan', contentOf(PLAN))
    expect((await again.get('/v1/plan.json')).text).toBe(new TextDecoder().decode(contentOf(PLAN)))
  })

  test.each([
    ['no JSON', '{'],
    ['NaN', '{"sottoPlan":1,"purpose":"x","metrics":[{"name":"a","counts":"funnel","epsilon":NaN}]}'],
    ['another version', '{"sottoPlan":2,"purpose":"x","metrics":[]}'],
    ['nothing', ''],
  ])('that are %s are refused, and change nothing', async (_name, text) => {
    const answer = await bench.admin('PUT', '/v1/admin/plan', Buffer.from(text))
    expect([answer.statusCode, answer.json().code]).toEqual([400, 'plan-invalid'])
    expect((await bench.get('/v1/plan.json')).text).toBe(new TextDecoder().decode(contentOf(PLAN)))
  })
})

describe('administration', () => {
  test('is for whoever has the token, and is not there without one', async () => {
    for (const token of ['', `${ADMIN}x`, ADMIN.slice(1)]) {
      const answer = await bench.admin('GET', '/v1/admin/status', undefined, token)
      expect([answer.statusCode, answer.json().code]).toEqual([401, 'unauthorized'])
    }
    const { adminToken: _, ...without } = { adminToken: ADMIN, relayToken: 'another relay of tests' }
    const open = await testCollector(database, { server: without })
    expect((await open.admin('GET', '/v1/admin/status')).statusCode).toBe(200)
  })

  test('cannot be guessed at: tokens that are wrong count among thirty requests a minute, whatever is asked for', async () => {
    const guess = async (at: number) =>
      (await bench.admin(at % 2 ? 'DELETE' : 'GET', at % 2 ? '/v1/admin/epochs/5' : '/v1/admin/status', undefined, `guess ${at}`))
        .statusCode
    const statuses: number[] = []
    for (let at = 0; at < 31; at++) statuses.push(await guess(at))
    expect(statuses).toEqual([...Array<number>(30).fill(401), 429])
    // Not even the right one tells that it is right.
    expect((await bench.admin('GET', '/v1/admin/status')).statusCode).toBe(429)
  })

  test('tells epochs and refusals, and no count of an open epoch', async () => {
    await bench.relay(many(77))
    const answer = await bench.admin('GET', '/v1/admin/status')
    expect(answer.json()).toMatchObject({
      database: 'embedded',
      ready: true,
      epochs: [
        { epoch: EPOCH, state: 'open', closes: new Date(closesAt(EPOCH)).toISOString() },
        { epoch: EPOCH - 1, state: 'open' },
      ],
    })
    expect(answer.body).not.toContain('77')
  })

  test('erases an open epoch and a published one, for good', async () => {
    await bench.relay(many(90, { metric: 0 }))
    expect((await bench.admin('DELETE', `/v1/admin/epochs/${EPOCH}`)).statusCode).toBe(200)
    expect((await bench.post(bench.make({ epoch: EPOCH }))).json.code).toBe('epoch-closed')
    expect(await totals()).toEqual([])
    afterClose()
    await bench.collector.takeTurn()
    expect((await estimates()).epochs.map(({ epoch }) => epoch)).toEqual([EPOCH - 1])
    expect((await bench.admin('DELETE', `/v1/admin/epochs/${EPOCH - 1}`)).statusCode).toBe(200)
    bench.clock.time += 20_000
    expect((await estimates()).epochs).toEqual([])
    expect((await bench.admin('DELETE', '/v1/admin/epochs/5')).statusCode).toBe(404)
  })
})

test('what is shown has security headers, and reports have theirs', async () => {
  const shown = await bench.get('/v1/estimates')
  expect(shown.headers).toMatchObject({
    'content-security-policy': expect.stringContaining("default-src 'none'"),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
  const { headers } = await bench.post(bench.make({ epoch: EPOCH }))
  expect(headers).toMatchObject({ 'content-security-policy': expect.stringContaining("default-src 'none'"), 'cache-control': 'no-store' })
  for (const name of ['set-cookie', 'x-powered-by', 'server']) expect(headers).not.toHaveProperty(name)
})

test('nobody logs anything of a request', async () => {
  await bench.post(new Uint8Array(3), { 'user-agent': 'a browser', 'x-forwarded-for': '10.1.2.3' })
  await bench.relay(many(3))
  expect(bench.log).toEqual([])
  afterClose()
  await bench.collector.takeTurn()
  expect(bench.log).toEqual([`epoch ${EPOCH - 1} is published`, `epoch ${EPOCH} is published`])
})

test('earlier totals are cleared away at the start, every hour and at the end, and all that is no longer needed once an epoch closes', async () => {
  const tidy = vi.spyOn(database, 'tidy')
  const close = vi.spyOn(database, 'close').mockResolvedValue()
  const cleared = async (act: () => Promise<unknown>) => {
    tidy.mockClear()
    await act()
    return tidy.mock.calls.flat()
  }
  try {
    expect(
      await cleared(async () => {
        bench = await testCollectorBeside(database)
      }),
    ).toEqual(['all'])
    expect(await cleared(() => bench.collector.takeTurn())).toEqual([])
    bench.clock.time += 3_600_000
    expect(await cleared(() => bench.collector.takeTurn())).toEqual(['totals'])
    afterClose()
    tidy.mockRejectedValueOnce(new Error('of tests'))
    await cleared(() => bench.collector.takeTurn())
    expect(bench.log).toContain('earlier totals could not be cleared away (no connection); they stay in the database until they can')
    expect(await cleared(() => bench.collector.takeTurn())).toEqual(['all'])
    expect(await cleared(() => bench.collector.erase(EPOCH))).toEqual(['all'])
    expect(await cleared(() => bench.collector.close())).toEqual(['totals'])
    expect(close).toHaveBeenCalledTimes(1)
  } finally {
    vi.restoreAllMocks()
  }
})

test('it is ready for as long as its database answers', async () => {
  expect((await bench.get('/ready')).status).toBe(200)
  bench.clock.time = START + 61_000
  expect(await bench.get('/ready')).toMatchObject({ status: 503, headers: { 'retry-after': '15' } })
  await bench.collector.takeTurn()
  expect((await bench.get('/ready')).status).toBe(200)
})
