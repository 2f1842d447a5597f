import { readdirSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Database } from '../../../collector/database/database'
import { noncesOf } from '../../../collector/database/migrations'
import { openDatabase } from '../../../collector/database/open-database'
import { closesAt } from '../../../src/shared/signals/epoch-window'
import { loneTotals } from '../../support/lone-totals'
import { searchFolder } from '../../support/search-folder'
import { temporaryFolder } from '../../support/temporary-folder'
import { EPOCH, PLAN, testCollector } from '../../support/test-collector'

const AGENT = 'Pretended/9.1 (a browser of tests)'
const ADDRESS = '203.0.113.77'
const REPORTS = 24

const folder = temporaryFolder()('data')
let database: Database
let bench: Awaited<ReturnType<typeof testCollector>>
let reports: readonly Uint8Array[]

/** What must be nowhere: of every report its bytes, and its buckets beside its nonce; of every request who sent it. */
const forbidden = () => ({
  agent: Buffer.from(AGENT),
  address: Buffer.from(ADDRESS),
  ...Object.fromEntries(reports.map((report, at) => [`report ${at}`, report])),
  ...Object.fromEntries(reports.map((report, at) => [`buckets of ${at} by its nonce`, report.subarray(16, 40)])),
})
const nonces = () => Object.fromEntries(reports.map((report, at) => [`nonce ${at}`, report.subarray(16, 32)]))

const alone = () => Object.fromEntries(reports.map((report, at) => [`totals of ${at} alone`, loneTotals(report, PLAN)]))
/** Totals and nonces that one transaction wrote, by the number that stands with each row. */
const joined = async () => {
  const rows = await database.transaction((run) =>
    run(`SELECT count(*)::integer AS pairs FROM sotto.totals AS total JOIN ${noncesOf(EPOCH)} AS nonce ON total.xmin = nonce.xmin`),
  )
  return rows[0]!.pairs
}

beforeAll(async () => {
  database = await openDatabase({ folder })
  bench = await testCollector(database, { server: { proxies: 1 } })
  reports = Array.from({ length: REPORTS }, () => bench.make({ epoch: EPOCH }))
  await bench.app.listen({ port: 0, host: '127.0.0.1' })
  const address = bench.app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  // One by one, and so some of them alone in a batch; every other one also refused, for a byte too many.
  for (const [at, report] of reports.entries()) {
    expect(await sendOver(port, report)).toContain('HTTP/1.1 200')
    if (at % 2) expect(await sendOver(port, Buffer.concat([report, Buffer.of(0)]))).toContain('HTTP/1.1 400')
  }
}, 120_000)
afterAll(async () => {
  await bench?.app.close()
  await database?.close()
})

function sendOver(port: number, body: Uint8Array): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', (data) => {
      text += data
    })
    socket.on('end', () => resolve(text))
    socket.on('error', reject)
    const lines = [
      'POST /v1/reports HTTP/1.1',
      'Host: collect.example',
      `User-Agent: ${AGENT}`,
      `X-Forwarded-For: ${ADDRESS}`,
      'Connection: close',
    ]
    socket.write(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\nContent-Length: ${body.length}\r\n\r\n`), body]))
  })
}

describe('the folder of a collector that took reports, its write-ahead log included', () => {
  test('holds no address, no user agent and no report; nor does what it printed', () => {
    expect(searchFolder(folder, forbidden())).toEqual([])
    expect(bench.log).toEqual([])
  })

  test('holds their nonces while the epoch is open: so the search looks where reports go', () => {
    const found = searchFolder(folder, nonces())
    expect(new Set(found.map((line) => line.split(',')[0])).size).toBe(REPORTS)
    expect(found.some((line) => line.includes('pg_wal'))).toBe(true)
  })

  test('holds no log of more than the last hour, and nothing that joins totals and nonces', async () => {
    // Some of them were the first of their totals, and some the last.
    expect(searchFolder(folder, alone())).not.toEqual([])
    expect(await joined()).toBeGreaterThan(0)
    const log = () =>
      readdirSync(join(folder, 'database/pg_wal'))
        .filter((name) => name.length === 24)
        .sort()
    const [before] = log()
    bench.clock.time += 3_600_000
    await bench.collector.takeTurn()
    expect(log()).not.toContain(before)
    // Their table is all that is left of the nonces.
    expect(searchFolder(folder, nonces()).filter((line) => line.includes('pg_wal'))).toEqual([])
    expect(searchFolder(folder, alone())).toEqual([])
    expect(await joined()).toBe(0)
  })

  test('holds not even those once the epoch is closed', async () => {
    bench.clock.time = closesAt(EPOCH)
    await bench.collector.takeTurn()
    expect(searchFolder(folder, { ...forbidden(), ...nonces(), ...alone() })).toEqual([])
  })

  test('and what is put there is found', async () => {
    await database.transaction(async (run) => {
      await run('CREATE TABLE sotto.planted (who text, what bytea)')
      await run('INSERT INTO sotto.planted VALUES ($1, $2)', [`${ADDRESS} ${AGENT}`, reports[3]])
    })
    const found = searchFolder(folder, forbidden())
    for (const name of ['agent', 'address', 'report 3', 'buckets of 3 by its nonce'])
      expect(found.join('\n')).toContain(`${name}, as it is: database/pg_wal`)
  })
})
