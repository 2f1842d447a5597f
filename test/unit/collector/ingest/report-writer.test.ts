import { describe, expect, test } from 'vitest'
import type { Database, Run } from '../../../../collector/database/database'
import type { CheckedReport } from '../../../../collector/ingest/check-report'
import { ReportWriter } from '../../../../collector/ingest/report-writer'

/** Remembers nonces and adds up, as the SQL asks it to; a transaction's commit waits until it is let, and may fail before or after it holds. */
function fakeDatabase() {
  const nonces = new Set<string>()
  const gates: ((how?: { readonly before?: Error; readonly after?: Error }) => void)[] = []
  const batches: number[] = []
  let counted = 0
  const database: Database = {
    kind: 'embedded',
    async transaction(work) {
      let [added, sum]: [string[], number] = [[], 0]
      const run: Run = async (sql, values = []) => {
        if (sql.includes('nonces_')) {
          const given = String(values[0]).slice(1, -1).split(',')
          added = given.filter((nonce) => !nonces.has(nonce))
          return given.filter((nonce) => nonces.has(nonce)).map((nonce) => ({ nonce }))
        }
        if (sql.startsWith('UPDATE'))
          sum = String(values[1])
            .slice(1, -1)
            .split(',')
            .map(Number)
            .reduce((all, one) => all + one, 0)
        return []
      }
      const result = await work(run)
      batches.push(added.length)
      const how = await new Promise<{ before?: Error; after?: Error } | undefined>((resolve) => gates.push(resolve))
      if (how?.before) throw how.before
      for (const nonce of added) nonces.add(nonce)
      counted += sum
      if (how?.after) throw how.after
      return result
    },
    async tidy() {},
    async close() {},
  }
  return {
    database,
    batches,
    counted: () => counted,
    commit: async (how?: Parameters<(typeof gates)[number]>[0]) => (await gateOf(gates))(how),
  }
}

async function gateOf<Gate>(gates: Gate[]): Promise<Gate> {
  for (let turn = 0; turn < 50 && gates.length === 0; turn++) await Promise.resolve()
  const gate = gates.shift()
  if (!gate) throw new Error('no transaction is under way')
  return gate
}

let next = 0
const report = (): CheckedReport => ({
  epoch: 1,
  total: 1,
  bits: Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0),
  nonce: String(next++).padStart(32, '0'),
})
const failure = (code: string) => Object.assign(new Error('of a database'), { code })
const settled = async (promise: Promise<unknown>) => {
  let isSettled = false
  promise.then(
    () => (isSettled = true),
    () => (isSettled = true),
  )
  for (let turn = 0; turn < 50; turn++) await Promise.resolve()
  return isSettled
}
const noSleep = { quietWaitMs: 0, sleep: async () => {} }

describe('ReportWriter', () => {
  test('says accepted when it is committed, and not before', async () => {
    const fake = fakeDatabase()
    const added = new ReportWriter(fake.database, noSleep).add([report()])
    expect(await settled(added)).toBe(false)
    await fake.commit()
    expect(await added).toEqual(['accepted'])
  })

  test('writes one batch after another: what comes meanwhile is one', async () => {
    const fake = fakeDatabase()
    const writer = new ReportWriter(fake.database, noSleep)
    const first = writer.add([report()])
    await settled(first)
    const others = Array.from({ length: 5 }, () => writer.add([report(), report()]))
    await fake.commit()
    await fake.commit()
    expect(await Promise.all([first, ...others])).toEqual([['accepted'], ...others.map(() => ['accepted', 'accepted'])])
    expect(fake.batches).toEqual([1, 10])
  })

  test('waits a while for others where there are few, and not where there are enough', async () => {
    const fake = fakeDatabase()
    const sleeps: number[] = []
    let wake = () => {}
    const sleep = (ms: number) => {
      sleeps.push(ms)
      return new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    const writer = new ReportWriter(fake.database, { quietWaitMs: 500, enough: 3, sleep })
    const alone = writer.add([report()])
    await settled(alone)
    expect([sleeps, fake.batches]).toEqual([[500], []])
    wake()
    await fake.commit()
    await alone
    await writer.drain()
    const several = [writer.add([report()]), writer.add([report()]), writer.add([report()])]
    await fake.commit()
    await Promise.all(several)
    await writer.drain()
    expect([sleeps, fake.batches]).toEqual([
      [500, 500],
      [1, 3],
    ])
    const enough = writer.add([report(), report(), report()])
    await fake.commit()
    await enough
    expect(sleeps).toEqual([500, 500])
  })

  test('counts once what it writes again because the answer to its commit was lost', async () => {
    const fake = fakeDatabase()
    const added = new ReportWriter(fake.database, noSleep).add([report(), report()])
    await fake.commit({ after: failure('08006') })
    await fake.commit()
    // Whichever it was, it is counted: the device need not come again.
    expect(await added).toEqual(['duplicate', 'duplicate'])
    expect(fake.counted()).toBe(2)
  })

  test.each(['40P01', '08006', '57P01', '53300', ''])('tries again after %s, and accepts', async (code) => {
    const fake = fakeDatabase()
    const added = new ReportWriter(fake.database, noSleep).add([report()])
    await fake.commit({ before: failure(code) })
    await fake.commit()
    expect(await added).toEqual(['accepted'])
    expect(fake.counted()).toBe(1)
  })

  test.each([
    ['a database that is gone', ['08006', '08006', '08006']],
    ['a defect, at once', ['42703']],
  ])('gives up over %s, says so, and goes on with the next', async (_name, codes) => {
    const fake = fakeDatabase()
    const failures: unknown[] = []
    const writer = new ReportWriter(fake.database, { ...noSleep, onFailure: (thrown) => failures.push(thrown) })
    const added = expect(writer.add([report()])).rejects.toMatchObject({ code: 'unavailable', status: 503 })
    for (const code of codes) await fake.commit({ before: failure(code) })
    await added
    expect(failures).toHaveLength(1)
    const after = writer.add([report()])
    await fake.commit()
    expect(await after).toEqual(['accepted'])
    expect(fake.counted()).toBe(1)
  })

  test('takes no more than it can write', async () => {
    const fake = fakeDatabase()
    const writer = new ReportWriter(fake.database, { ...noSleep, mostWaiting: 3 })
    const first = writer.add([report(), report()])
    await expect(writer.add([report(), report()])).rejects.toMatchObject({ code: 'busy' })
    const third = writer.add([report()])
    await fake.commit()
    await fake.commit()
    await Promise.all([first, third])
    const later = writer.add([report(), report(), report()])
    await fake.commit()
    expect(await later).toHaveLength(3)
  })

  test('drains what waits, without waiting for more', async () => {
    const fake = fakeDatabase()
    const writer = new ReportWriter(fake.database, { quietWaitMs: 500, sleep: () => new Promise(() => {}) })
    const added = writer.add([report()])
    await settled(added)
    const drained = writer.drain()
    await fake.commit()
    await drained
    expect(await added).toEqual(['accepted'])
  })
})
