import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../../../collector/database/database'
import { migrate } from '../../../../collector/database/migrate'
import { MIGRATIONS, noncesOf } from '../../../../collector/database/migrations'
import { openDatabase } from '../../../../collector/database/open-database'
import { closesAt } from '../../../../src/shared/signals/epoch-window'
import { loneTotals } from '../../../support/lone-totals'
import { startPostgres } from '../../../support/postgres-server'
import { EPOCH, PLAN, testCollector, testCollectorBeside } from '../../../support/test-collector'

let server: Awaited<ReturnType<typeof startPostgres>>
let database: Database
beforeAll(async () => {
  // Only for tests: nothing here is about power cuts. What a commit waits for is the collector's to say.
  server = await startPostgres(['-c', 'fsync=off', '-c', 'synchronous_commit=off'])
  database = await openDatabase({ server: server.address })
}, 120_000)
afterAll(async () => {
  await database?.close()
  await server?.stop()
})

let bench: Awaited<ReturnType<typeof testCollector>>
beforeEach(async () => {
  bench = await testCollector(database)
})
const many = (count: number) => Array.from({ length: count }, () => bench.make({ epoch: EPOCH, metric: 0 }))
const counted = async () => {
  const rows = await database.transaction((run) =>
    run(
      'SELECT sum(reports)::integer AS reports, sum((SELECT sum(one) FROM unnest(counts) AS one))::integer AS bits FROM sotto.totals WHERE epoch = $1',
      [EPOCH],
    ),
  )
  return rows[0]
}

describe('on a PostgreSQL server', () => {
  test('reports are counted once, and adding up is exact', async () => {
    const reports = many(700)
    expect((await bench.relay(reports)).json).toEqual({ accepted: 700, duplicates: 0, refused: [] })
    expect((await bench.relay([...reports.slice(0, 5), bench.make({ epoch: EPOCH, metric: 0 })])).json).toEqual({
      accepted: 1,
      duplicates: 5,
      refused: [],
    })
    expect(await counted()).toEqual({ reports: 701, bits: 701 })
  })

  test('several collectors count into one, also the same reports at the same time', async () => {
    const others = [await openDatabase({ server: server.address }), await openDatabase({ server: server.address })]
    const collectors = [bench, ...(await Promise.all(others.map((other, at) => testCollectorBeside(other, { seed: 20 + at }))))]
    const reports = many(1200)
    // Each takes all, in an order of its own, 40 at a time.
    const answers = await Promise.all(
      collectors.map(async (collector, at) => {
        let accepted = 0
        const order = at === 1 ? [...reports].reverse() : reports
        for (let from = 0; from < order.length; from += 40) accepted += (await collector.relay(order.slice(from, from + 40))).json.accepted
        return accepted
      }),
    )
    expect(answers.reduce((sum, accepted) => sum + accepted, 0)).toBe(1200)
    expect(await counted()).toEqual({ reports: 1200, bits: 1200 })
    await Promise.all(others.map((other) => other.close()))
  })

  test('an epoch that several close while reports still come is published once, with all that were accepted', async () => {
    const others = [await openDatabase({ server: server.address }), await openDatabase({ server: server.address })]
    const beside = await Promise.all(others.map((other, at) => testCollectorBeside(other, { seed: 30 + at })))
    let accepted = 0
    let closed = 0
    const sending = async () => {
      // The clock of this one has not come so far.
      for (let turn = 0; turn < 40; turn++) {
        const { json } = await bench.relay(many(10))
        accepted += json.accepted
        closed += json.refused.length
      }
    }
    const closing = async (collector: (typeof beside)[number]) => {
      collector.clock.time = closesAt(EPOCH)
      await collector.collector.takeTurn()
    }
    const sent = sending()
    await bench.relay(many(60)).then(({ json }) => {
      accepted += json.accepted
      closed += json.refused.length
    })
    await Promise.all(beside.map(closing))
    await sent
    expect(accepted + closed).toBe(460)
    expect(closed).toBeGreaterThan(0)
    expect(beside.flatMap(({ log }) => log).filter((line) => line === `epoch ${EPOCH} is published`)).toHaveLength(1)
    const { epochs } = JSON.parse((await bench.get('/v1/estimates')).text)
    expect(epochs.find(({ epoch }: { epoch: number }) => epoch === EPOCH).metrics[0].groups[0].reports).toBe(accepted)
    await Promise.all(others.map((other) => other.close()))
  })

  test('what is acknowledged is on the disk, whatever the server is set to', async () => {
    const rows = await database.transaction((run) => run('SHOW synchronous_commit'))
    expect(rows).toEqual([{ synchronous_commit: 'on' }])
  })

  test('totals of one report are gone from the table’s file once others came, and nothing joins them with its nonce', async () => {
    const [first, ...others] = many(40)
    const look = () =>
      database.transaction(async (run) => {
        await run('CHECKPOINT')
        const found = await run("SELECT position($1::bytea IN pg_read_binary_file(pg_relation_filepath('sotto.totals'))) > 0 AS alone", [
          Buffer.from(loneTotals(first!, PLAN)),
        ])
        const pairs = await run(`SELECT count(*)::integer AS joined FROM sotto.totals AS total JOIN ${noncesOf(EPOCH)} AS nonce
          ON total.xmin = nonce.xmin`)
        return { ...found[0], ...pairs[0] }
      })
    await bench.relay([first!])
    expect(await look()).toEqual({ alone: true, joined: 1 })
    await bench.relay(others)
    expect(await look()).toEqual({ alone: true, joined: 39 })
    bench.clock.time += 3_600_000
    await bench.collector.takeTurn()
    expect(bench.log).toEqual([])
    expect(await look()).toEqual({ alone: false, joined: 0 })
  })

  test('whoever reads the totals for long keeps nobody waiting: it is said that they are not cleared away, and done at the next turn', async () => {
    await bench.relay(many(3))
    bench.clock.time += 3_600_000
    await database.transaction(async (run) => {
      await run('SELECT * FROM sotto.totals')
      await bench.collector.takeTurn()
    })
    expect(bench.log).toEqual(['earlier totals could not be cleared away (55P03); they stay in the database until they can'])
    await bench.collector.takeTurn()
    expect(bench.log).toHaveLength(1)
  })

  test('a server that goes away is answered with 503, and named in the log by its code alone', async () => {
    const own = await startPostgres(['-c', 'fsync=off'])
    const away = await openDatabase({ server: own.address })
    const left = await testCollector(away, { writer: { sleep: async () => {} } })
    const report = left.make({ epoch: EPOCH })
    expect((await left.post(report)).status).toBe(200)
    await own.stop()
    expect(await left.post(left.make({ epoch: EPOCH }))).toMatchObject({
      status: 503,
      json: { code: 'unavailable' },
      headers: { 'retry-after': '15' },
    })
    await expect(left.collector.takeTurn()).rejects.toThrow()
    expect(left.log.join()).toMatch(/the database failed \([0-9A-Z ]+|no connection\)/)
    await away.close()
  })
})

describe('migrations', () => {
  test('done by several at once are done once, and again there is nothing to do', async () => {
    await database.transaction((run) => run('DROP SCHEMA sotto CASCADE'))
    const others = [await openDatabase({ server: server.address }), await openDatabase({ server: server.address })]
    await database.transaction((run) => run('DROP SCHEMA sotto CASCADE'))
    const done = await Promise.all([database, ...others].map((one) => migrate(one)))
    expect(done.sort()).toEqual([0, 0, MIGRATIONS.length])
    expect(await migrate(database)).toBe(0)
    await Promise.all(others.map((other) => other.close()))
  })

  test('go on from where they ended, and one that fails changes nothing', async () => {
    expect(await migrate(database, [...MIGRATIONS, 'CREATE TABLE sotto.more (id integer)'])).toBe(1)
    await expect(
      migrate(database, [...MIGRATIONS, 'x', 'CREATE TABLE sotto.third (id integer); CREATE TABLE sotto.more (id integer)']),
    ).rejects.toThrow()
    const tables = await database.transaction((run) =>
      run("SELECT tablename FROM pg_tables WHERE schemaname = 'sotto' AND tablename IN ('more', 'third')"),
    )
    expect(tables).toEqual([{ tablename: 'more' }])
  })

  test('of a newer collector are left alone', async () => {
    await migrate(database, [...MIGRATIONS, 'CREATE TABLE sotto.more (id integer)'])
    await expect(migrate(database)).rejects.toMatchObject({ code: 'storage-newer' })
  })

  test('every step is run by the tests above', async () => {
    const rows = await database.transaction((run) => run('SELECT step FROM sotto.migrations ORDER BY step'))
    expect(rows.map(({ step }) => step)).toEqual(MIGRATIONS.map((_, at) => at + 1))
  })
})
