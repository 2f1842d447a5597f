import { afterEach, describe, expect, it } from 'vitest'
import { encodeKeyConfigurations } from '../../src/shared/oblivious/key-configuration'
import { decodeReport } from '../../src/shared/signals/report'
import type { SignalPlan } from '../../src/shared/signals/signal-plan'
import { PrivacyBudget } from '../../worker/signals/budget'
import { listEntries } from '../../worker/signals/list-entries'
import { uploadOf } from '../../worker/signals/transports/upload'
import { deleteDatabase } from '../../worker/store/open'
import { budgetDatabase, signalsDatabase } from '../../worker/store/schema'
import { freshNamespace, removeAll } from './history-namespaces'
import { CollectorDouble, DeviceDouble, EPOCH, HOUR, midweek, PLAN, shopping, WEEK } from './signals-device'

const devices: DeviceDouble[] = []

afterEach(async () => {
  await Promise.all(devices.splice(0).map((device) => device.close()))
  await removeAll()
})

function device(collector?: CollectorDouble): DeviceDouble {
  const made = new DeviceDouble(freshNamespace(), collector)
  devices.push(made)
  return made
}

/** One that has been here in the epoch before, so that it has something to answer in this one. */
async function regular(collector?: CollectorDouble): Promise<DeviceDouble> {
  const made = device(collector)
  await made.visit(midweek(EPOCH))
  made.now = midweek(EPOCH + 1)
  return made
}

const DAP_PLAN: SignalPlan = {
  ...PLAN,
  mode: 'dap',
  dap: {
    leader: 'https://leader.example/',
    helper: 'https://helper.example/',
    tasks: PLAN.metrics.map((_, at) => String.fromCharCode(65 + at).padEnd(43, 'A')),
    timePrecision: 3_600,
  },
}

/** Those of a gateway that nobody has the secret of. */
async function gatewayKeys(): Promise<Uint8Array<ArrayBuffer>> {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, true, ['deriveBits'])
  const raw = new Uint8Array(await crypto.subtle.exportKey('raw', publicKey))
  return encodeKeyConfigurations([{ id: 1, kem: 0x10, publicKey: raw }])
}

const bytesOf = (text: string) => Uint8Array.from(text.match(/../g)!, (pair) => Number.parseInt(pair, 16))

/** Databases of a device. */
async function databases({ namespace }: DeviceDouble): Promise<string[]> {
  return (await indexedDB.databases()).map(({ name }) => name!).filter((name) => name.includes(namespace))
}

describe('reports', () => {
  it('about an epoch leave in the next, one a visit, of 40 bytes each', async () => {
    const visitor = await regular()
    expect(visitor.collector.reports).toEqual([])
    for (let visit = 0; visit < 4; visit++) await visitor.visit(midweek(EPOCH + 1) + visit * HOUR)
    const reports = visitor.collector.reports.map(bytesOf)
    expect(reports.map(({ length }) => length)).toEqual([40, 40])
    expect(reports.map((bytes) => decodeReport(bytes).epoch)).toEqual([EPOCH, EPOCH])
    expect(reports.map((bytes) => decodeReport(bytes).metric).sort()).toEqual([0, 1])
    const { state, entries, budget } = await visitor.ledger()
    expect(state).toBe('on')
    expect(entries.map(({ state, epoch, bytes }) => ({ state, epoch, bytes }))).toEqual(
      visitor.collector.reports.map((bytes) => ({ state: 'sent', epoch: EPOCH, bytes })),
    )
    expect(budget).toMatchObject({
      epoch: EPOCH,
      epochSpent: 2_000_000,
      yearSpent: 2_000_000,
      records: [{ epoch: EPOCH, spent: 2_000_000 }],
    })
  })

  it('leave without cookie, referrer, type, cache or redirect, and may outlive their page', async () => {
    const visitor = await regular()
    await visitor.visit()
    const { url, init } = visitor.collector.requests.at(-1)!
    expect(url).toBe('https://collect.example/v1/reports')
    expect(init).toMatchObject({
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
      redirect: 'error',
      keepalive: true,
    })
    expect(init.headers).toBeUndefined()
  })

  it('are as many, as long and as late with a history as without', async () => {
    const collectors = [new CollectorDouble(), new CollectorDouble()]
    const [shopper, stranger] = [await regular(collectors[0]), await regular(collectors[1])]
    shopper.history = [...shopping(EPOCH), ...shopping(EPOCH + 1)]
    /** What was said in each visit. */
    const live = async (visitor: DeviceDouble) => {
      const said: string[][] = []
      for (const at of [0, 1, 2, 24, 24 * 7, 24 * 7 + 1, 24 * 14]) {
        const from = visitor.collector.requests.length
        await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
        said.push(visitor.collector.requests.slice(from).map(({ url, body }) => `${url} ${body.length / 2}`))
      }
      return said
    }
    const said = await live(stranger)
    expect(await live(shopper)).toEqual(said)
    const [PLAN_ASKED, REPORT] = ['https://collect.example/v1/plan.json 0', 'https://collect.example/v1/reports 40']
    expect(said).toEqual([[PLAN_ASKED, REPORT], [REPORT], [], [], [PLAN_ASKED, REPORT], [REPORT], [PLAN_ASKED, REPORT]])
  })

  it('leave at a moment drawn anew for each visit, which the next page of the visit keeps to', async () => {
    const visitor = await regular()
    let leave = () => {}
    const stay = new Promise<void>((resolve) => {
      leave = resolve
    })
    const delays: number[] = []
    const first = visitor.page({
      sleep: (ms) => {
        delays.push(ms)
        return stay
      },
    }) // prettier-ignore
    const staying = first.visit()
    await expect.poll(() => delays).toHaveLength(1)
    expect(delays[0]).toBeLessThan(22_500)
    visitor.now += 1_000
    await visitor.visit()
    expect(visitor.slept[visitor.slept.length - 2]).toBe(Math.max(0, delays[0]! - 1_000))
    expect(visitor.slept.at(-1)).toBeGreaterThanOrEqual(2_500)
    expect(visitor.collector.reports).toHaveLength(1)
    // The page that stayed finds that the visit's turn was had.
    leave()
    await staying
    expect(visitor.collector.reports).toHaveLength(1)
  })

  it('that nobody answered for are sent again, the same bytes, and not past their time', async () => {
    const visitor = await regular()
    visitor.collector.status = 503
    for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    expect(visitor.collector.reports).toHaveLength(2)
    expect(new Set(visitor.collector.reports).size).toBe(1)
    visitor.collector.status = 200
    visitor.collector.plan = { ...PLAN, participation: 1e-9 }
    await visitor.visit(midweek(EPOCH + 2))
    expect(visitor.collector.reports).toHaveLength(2)
    expect((await visitor.ledger()).entries.map(({ state }) => state)).toEqual(['expired', 'expired'])
  })

  it('that a collector never takes are shown to it three times, and then the next leaves', async () => {
    const visitor = await regular()
    visitor.collector.status = 503
    for (let visit = 0; visit < 8; visit++) await visitor.visit(midweek(EPOCH + 1) + visit * HOUR)
    const { reports } = visitor.collector
    expect(reports).toHaveLength(6)
    expect(new Set(reports.slice(0, 3)).size).toBe(1)
    expect(new Set(reports).size).toBe(2)
    expect((await visitor.ledger()).entries.map(({ state }) => state)).toEqual(['expired', 'expired'])
  })

  it('that are ready leave though another answer cannot be found', async () => {
    const visitor = await regular()
    let reads = 0
    const history = () => (++reads % 2 ? Promise.reject(new RangeError('a history that cannot be read')) : Promise.resolve(undefined))
    await expect(visitor.page({ history }).visit()).rejects.toThrow('cannot be read')
    expect(visitor.collector.reports).toHaveLength(1)
    visitor.now += HOUR
    await visitor.visit()
    expect(new Set(visitor.collector.reports.map((body) => decodeReport(bytesOf(body)).metric))).toEqual(new Set([0, 1]))
  })

  it('leave at a moment that neither the asking for a plan nor the length of a history tells', async () => {
    for (const takes of [0, 2_000]) {
      const visitor = await regular()
      const times: [string, number][] = []
      const page = visitor.page({
        sleep: async (ms) => {
          visitor.now += ms
        },
        history: async () => {
          visitor.now += takes / 2 // once for each of two answers
          return undefined
        },
        fetch: (url, init) => {
          times.push([url, visitor.now])
          return visitor.collector.fetch(url, init)
        },
      })
      await page.visit()
      expect(times.map(([url]) => url.split('/').at(-1))).toEqual(['plan.json', 'reports'])
      const gap = times[1]![1] - times[0]![1]
      expect(gap).toBeGreaterThanOrEqual(2_500)
      expect(gap).toBeLessThan(22_500)
      await page.close()
    }
  })

  it('by a relay leave long after its keys came, which are asked for with the plan and kept', async () => {
    const visitor = await regular()
    const keys = await gatewayKeys()
    const said: string[] = []
    const visit = async () => {
      said.length = 0
      const page = visitor.page({
        source: { collector: 'https://collect.example', relay: 'https://relay.example/' },
        sleep: async (ms) => void said.push(ms < 2_500 ? 'a moment' : 'a pause'),
        history: async () => undefined,
        fetch: async (url, init) => {
          said.push(new URL(url).pathname === '/' ? 'relay' : url.split('/').at(-1)!)
          return said.at(-1) === 'plan.json' ? visitor.collector.fetch(url, init) : new Response(keys.slice())
        },
      })
      await page.visit()
      await page.close()
      visitor.now += HOUR
      return said.slice(1)
    }
    expect((await visit()).toSorted()).toEqual(['a pause', 'ohttp-gateway', 'plan.json', 'relay'])
    expect(said.slice(-2)).toEqual(['a pause', 'relay'])
    // What the relay answered is nothing that the gateway sealed, and that may be for the keys.
    expect((await visit()).slice(-2)).toEqual(['a pause', 'relay'])
    expect(said).toContain('ohttp-gateway')
  })

  it('that are refused are not sent again', async () => {
    const visitor = await regular()
    visitor.collector.status = 400
    for (const at of [0, 1, 2, 3]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    expect(new Set(visitor.collector.reports).size).toBe(2)
    expect(visitor.collector.reports).toHaveLength(2)
    const refused = { state: 'refused', refusedFor: 'HTTP status 400' }
    expect((await visitor.ledger()).entries).toMatchObject([refused, refused])
  })

  it('of browsers that are drawn for it leave in the first visit, one about the current epoch, of which nothing else is said or charged', async () => {
    const visitor = device()
    visitor.collector.plan = { ...PLAN, firstSession: 1 }
    await visitor.visit(midweek(EPOCH))
    await visitor.visit(midweek(EPOCH) + HOUR)
    for (const at of [0, 1, 2]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    expect(visitor.collector.reports.map((body) => decodeReport(bytesOf(body)).epoch)).toEqual([EPOCH])
    expect((await visitor.ledger()).budget.records).toEqual([{ epoch: EPOCH, spent: 1_000_000 }])
    await visitor.visit(midweek(EPOCH + 2))
    expect(visitor.collector.reports.map((body) => decodeReport(bytesOf(body)).epoch)).toEqual([EPOCH, EPOCH + 1])
  })

  it('read nothing but a small record where nothing is due', async () => {
    const visitor = await regular()
    for (let visit = 0; visit < 3; visit++) await visitor.visit(midweek(EPOCH + 1) + visit * HOUR)
    const asked = visitor.collector.requests.length
    const [page, opened] = [visitor.page(), [] as string[]]
    const { open } = indexedDB
    indexedDB.open = (name, version) => {
      opened.push(name)
      return open.call(indexedDB, name, version)
    } // prettier-ignore
    await page.visit().finally(() => {
      indexedDB.open = open
    })
    expect(opened).toEqual([signalsDatabase(visitor.namespace)])
    expect(visitor.collector.requests).toHaveLength(asked)
  })
})

describe('the budget', () => {
  /** A year of two visits a week. @returns reports sent. */
  async function liveFor(visitor: DeviceDouble, weeks: number): Promise<number> {
    for (let week = 1; week <= weeks; week++) for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + week) + at * HOUR)
    return visitor.collector.reports.length
  }

  it('lasts for eight a rolling year, and comes back after it', async () => {
    const visitor = await regular()
    expect(await liveFor(visitor, 10)).toBe(8)
    expect((await visitor.ledger()).budget.yearSpent).toBe(8_000_000)
    for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + 54) + at * HOUR)
    expect(visitor.collector.reports).toHaveLength(10)
    expect((await visitor.ledger()).budget.yearSpent).toBe(8_000_000)
  })

  it('is the same for whoever changes the plan', async () => {
    const visitor = await regular()
    await visitor.visit()
    visitor.collector.plan = {
      ...PLAN,
      purpose: 'Another.',
      metrics: PLAN.metrics.map((metric) => ({ ...metric, name: `${metric.name}-2`, epsilon: 2 })),
    }
    for (const at of [30, 31, 32]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    // What was drawn is followed through, by the plan it was drawn from; nothing is asked anew.
    expect(visitor.collector.reports).toHaveLength(2)
    expect(new Set(visitor.collector.reports.map((body) => body.slice(16, 32))).size).toBe(1)
    expect((await visitor.ledger()).budget.records).toEqual([{ epoch: EPOCH, spent: 2_000_000 }])
  })

  it('is not had twice by two tabs at once', async () => {
    const visitor = await regular()
    const pages = Array.from({ length: 6 }, () => visitor.page())
    await Promise.all(pages.map((page) => page.visit()))
    expect(visitor.collector.reports).toHaveLength(1)
    visitor.now += HOUR
    await Promise.all(pages.map((page) => page.visit()))
    expect(new Set(visitor.collector.reports).size).toBe(2)
    expect(visitor.collector.reports).toHaveLength(2)
    expect((await visitor.ledger()).budget.yearSpent).toBe(2_000_000)
  })

  it('is not had twice without locks between the tabs either', async () => {
    const visitor = await regular()
    const alone = (_: string, work: () => Promise<void>) => work()
    await Promise.all(Array.from({ length: 4 }, () => visitor.page({ alone }).visit()))
    expect((await visitor.ledger()).budget.records).toEqual([{ epoch: EPOCH, spent: 2_000_000 }])
    // Each may send, but of each metric there is one report.
    const sent = [...new Set(visitor.collector.reports)]
    expect(new Set(sent.map((body) => decodeReport(bytesOf(body)).metric)).size).toBe(sent.length)
  })

  it('is not had back by a clock set back', async () => {
    const visitor = await regular()
    for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    const sent = visitor.collector.reports.length
    for (const back of [1, 2, 30]) for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + 1 - back) + at * HOUR)
    for (const at of [10, 11, 12]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    expect(visitor.collector.reports).toHaveLength(sent)
    expect((await visitor.ledger()).budget.records).toEqual([{ epoch: EPOCH, spent: 2_000_000 }])
  })

  it('is not had twice by a clock set far forward and back, where the server is not heard', async () => {
    const visitor = await regular()
    for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + 60) + at * HOUR)
    const ahead = visitor.collector.reports.length
    for (let week = 1; week < 9; week++) for (const at of [0, 1]) await visitor.visit(midweek(EPOCH + week) + at * HOUR)
    expect(visitor.collector.reports).toHaveLength(ahead)
    expect((await visitor.ledger()).budget.records).toEqual([{ epoch: EPOCH + 59, spent: 2_000_000 }])
  })

  it('is not touched by a clock that the server contradicts', async () => {
    const visitor = await regular()
    let truth = midweek(EPOCH + 1)
    visitor.collector.now = () => truth
    await visitor.visit(midweek(EPOCH + 60))
    expect(visitor.collector.reports).toEqual([])
    expect((await visitor.ledger()).budget.records).toEqual([])
    // Set right, the same browser answers.
    truth += HOUR
    await visitor.visit(truth)
    expect(visitor.collector.reports).toHaveLength(1)
  })

  it('stays when all else is forgotten, and what was spent is not had back', async () => {
    const visitor = await regular()
    await visitor.visit()
    await deleteDatabase(signalsDatabase(visitor.namespace))
    expect(await databases(visitor)).toEqual([budgetDatabase(visitor.namespace)])
    visitor.collector.plan = { ...PLAN, firstSession: 1 }
    for (const at of [1, 2, 3]) await visitor.visit(midweek(EPOCH + 1) + at * HOUR)
    const { budget, entries } = await visitor.ledger()
    expect(budget.records).toEqual([
      { epoch: EPOCH, spent: 2_000_000 },
      { epoch: EPOCH + 1, spent: 1_000_000 },
    ])
    // A new profile, drawn to answer at once about the epoch that was not answered for; the one before is not asked again.
    expect(entries.every(({ epoch }) => epoch === EPOCH + 1)).toBe(true)
  })

  it('is decided once an epoch, whatever is asked for', async () => {
    const budget = new PrivacyBudget(freshNamespace())
    expect(await budget.spend(10, 2_000_001)).toBe(false)
    expect(await budget.spend(10, 1_500_000)).toBe(true)
    expect(await budget.spend(10, 1_500_000)).toBe(true)
    expect(await budget.spend(10, 400_000)).toBe(false)
    expect(await budget.spend(9, 1)).toBe(false)
    expect(await budget.spend(11, Number.NaN)).toBe(false)
    expect(await budget.records()).toEqual([{ epoch: 10, spent: 1_500_000 }])
    await budget.close()
  })
})

describe('nothing is asked, computed or sent', () => {
  it.each([
    [
      'without consent',
      (visitor: DeviceDouble) => {
        visitor.consent = 'session'
      },
      'consent',
    ],
    [
      'after a refusal',
      (visitor: DeviceDouble) => {
        visitor.consent = 'denied'
      },
      'consent',
    ],
    [
      'where the browser opted out',
      (visitor: DeviceDouble) => {
        visitor.hasOptedOut = true
      },
      'opted-out',
    ],
    [
      'on a page that anybody on the way could have changed',
      (visitor: DeviceDouble) => {
        visitor.isSecure = false
      },
      'failed',
    ],
  ] as const)('%s', async (_, change, state) => {
    const visitor = device()
    change(visitor)
    await visitor.visit()
    await visitor.visit(midweek(EPOCH + 1))
    expect(await visitor.ledger()).toMatchObject({ state, entries: [] })
    expect(visitor.collector.requests).toEqual([])
    expect(await databases(visitor)).toEqual([])
  })

  it('where the site set no collector', async () => {
    const visitor = device()
    const page = visitor.page({ source: undefined })
    await page.visit()
    expect(await page.ledger()).toMatchObject({ state: 'off', entries: [] })
    expect(await page.preview()).toEqual({ state: 'off', metrics: [] })
    expect(await databases(visitor)).toEqual([])
  })

  it('where consent ends, or all is forgotten, while a report waits for its moment', async () => {
    for (const end of [
      async (visitor: DeviceDouble) => {
        visitor.consent = 'denied'
      },
      async (visitor: DeviceDouble) => {
        visitor.hasOptedOut = true
      },
      (visitor: DeviceDouble) => deleteDatabase(signalsDatabase(visitor.namespace)),
    ]) {
      const visitor = await regular()
      const before = visitor.collector.requests.length
      const page = visitor.page({ sleep: () => end(visitor) })
      await page.visit()
      expect(visitor.collector.requests).toHaveLength(before)
      await page.close()
    }
  })

  it('where all is forgotten while the plan is on its way, and nothing of it comes back', async () => {
    const visitor = await regular()
    const page = visitor.page({
      fetch: async (url, init) => {
        await deleteDatabase(signalsDatabase(visitor.namespace))
        return visitor.collector.fetch(url, init)
      },
    })
    await page.visit()
    expect(visitor.collector.reports).toEqual([])
    expect(await databases(visitor)).toEqual([])
    await page.close()
  })

  it('where it ends while the plan is on its way, or while an answer is computed', async () => {
    for (const at of ['plan', 'history'] as const) {
      const visitor = await regular()
      const page = visitor.page({
        fetch: (url, init) => {
          if (at === 'plan') visitor.consent = 'denied'
          return visitor.collector.fetch(url, init)
        },
        history: async () => {
          visitor.consent = 'denied'
          return undefined
        },
      })
      visitor.now += 25 * HOUR // the plan is asked for again
      await page.visit()
      expect(visitor.collector.reports).toEqual([])
      await page.close()
    }
  })

  it('where it ends while keys are on the way, of a relay or of operators, or before they are asked for', async () => {
    for (const plan of [PLAN, DAP_PLAN]) {
      for (const at of ['history', 'keys'] as const) {
        const collector = new CollectorDouble()
        collector.plan = plan
        const visitor = await regular(collector)
        const left: string[] = []
        const page = visitor.page({
          source: { collector: 'https://collect.example', relay: 'https://relay.example' },
          fetch: async (url, init) => {
            if (visitor.consent === 'denied') left.push(url)
            if (url.endsWith('plan.json')) return collector.fetch(url, init)
            if (at === 'keys') visitor.consent = 'denied'
            return new Response(await gatewayKeys())
          },
          history: async () => {
            if (at === 'history') visitor.consent = 'denied'
            return undefined
          },
        })
        await page.visit().catch(() => {}) // keys that did not come
        expect(visitor.consent).toBe('denied')
        expect(left).toEqual([])
        await page.close()
      }
    }
  })

  it('of a page on which all was forgotten, even while its visit was being noted', async () => {
    const visitor = device()
    const page = visitor.page({
      page: () => {
        visitor.isForgotten = true
        return { backend: 'none', hasFailed: false, slots: [] }
      },
    })
    await page.visit()
    expect(await databases(visitor)).toEqual([])
    await page.visit()
    expect(await page.preview()).toEqual({ state: 'on', metrics: [] })
    expect(await databases(visitor)).toEqual([])
    await page.close()
  })

  it('by a plan that is not one, is too large, or not the one that was pinned', async () => {
    for (const [plan, planHash, problem] of [
      [{ sottoPlan: 2 }, undefined, /sottoPlan must be 1; got 2/],
      [{ ...PLAN, purpose: 'x'.repeat(70_000) }, undefined, /over 65536 bytes/],
      [PLAN, '0'.repeat(64), /its hash is .*, expected 0000/],
    ] as const) {
      const visitor = device()
      visitor.collector.plan = plan
      const page = visitor.page({ source: { collector: 'https://collect.example/', ...(planHash && { planHash }) } })
      await expect(page.visit()).rejects.toMatchObject({ code: 'plan-invalid' })
      visitor.now += WEEK
      await expect(page.visit()).rejects.toMatchObject({ code: 'plan-invalid' })
      const told = { code: 'plan-invalid', message: expect.stringMatching(problem) }
      expect(await page.ledger()).toMatchObject({ state: 'failed', problem: told, entries: [] })
      // Who looks again soon does not wait for it again.
      const asked = visitor.collector.requests.length
      expect(await page.preview()).toMatchObject({ state: 'failed', problem: told, metrics: [] })
      expect(visitor.collector.requests).toHaveLength(asked)
      visitor.now += 61_000
      await page.ledger()
      expect(visitor.collector.requests).toHaveLength(asked + 1)
      expect(visitor.collector.reports).toEqual([])
      await page.close()
    }
  })
})

describe('for the visitor', () => {
  it('the ledger speaks of the plan again as soon as it is followed', async () => {
    const visitor = await regular()
    visitor.collector.plan = 'not yet'
    const page = visitor.page()
    expect(await page.ledger()).toMatchObject({ state: 'failed' })
    visitor.collector.plan = PLAN
    visitor.now += 1_000
    await page.visit()
    expect(await page.ledger()).toMatchObject({ state: 'on', plan: { purpose: PLAN.purpose } })
    await page.close()
  })

  it('the preview has the truth beside an example, and sends nothing', async () => {
    const visitor = await regular()
    visitor.history = shopping(EPOCH + 1)
    const { state, metrics } = await visitor.page().preview()
    expect(state).toBe('on')
    expect(metrics.map(({ metric, buckets, truth }) => [metric, buckets[truth]])).toEqual([
      ['funnel', 'bought'],
      ['frequency', '1'],
    ])
    expect(metrics[0]!.example.length).toBeGreaterThan(0)
    expect(metrics[0]!.chances.ifTrue).toBeGreaterThan(metrics[0]!.chances.otherwise)
    expect(visitor.collector.reports).toEqual([])
    expect((await visitor.ledger()).entries).toEqual([])
  })

  it('the ledger says each report in words', async () => {
    const visitor = await regular()
    await visitor.visit()
    const { entries, plan } = await visitor.ledger()
    expect(plan).toMatchObject({ url: 'https://collect.example/v1/plan.json', purpose: 'A test.' })
    expect(entries[0]).toMatchObject({ plan: plan!.hash, charged: 1_000_000 })
    expect(entries.map(({ words }) => words)).toEqual([expect.stringMatching(/true of you/), expect.stringMatching(/true of you/)])
  })

  it('the ledger has what is kept beside it: visits, and groups that were drawn', async () => {
    const visitor = await regular()
    await visitor.page().preview()
    const { kept } = await visitor.ledger()
    expect(kept?.visit).toMatchObject({ count: 2, firstEpoch: EPOCH })
    expect(kept?.groups[EPOCH + 1]).toEqual({ funnel: '', frequency: '' })
    visitor.consent = 'session'
    expect(await visitor.ledger()).not.toHaveProperty('kept')
  })

  it('the ledger has the report as it leaves, and says where to, or by whom', async () => {
    const shared = await regular()
    const keys = await gatewayKeys()
    const round = (plan: SignalPlan, body: Uint8Array<ArrayBuffer>) => ({
      epoch: EPOCH,
      plan,
      planHash: new Uint8Array(32),
      isCharged: true,
      answers: [{ metric: 0, group: 0, charged: 1_000_000, state: 'sent' as const, body }],
    })
    const report = Uint8Array.of(1, 2, 3)
    const [entry] = listEntries([round(DAP_PLAN, uploadOf('https://leader.example/tasks/A/reports', report))])
    expect(entry).toMatchObject({ bytes: '010203', words: expect.stringContaining('It goes to https://leader.example.') })
    const page = shared.page({
      source: { collector: 'https://collect.example', relay: 'https://relay.example/' },
      fetch: async (url, init) => (url.endsWith('plan.json') ? shared.collector.fetch(url, init) : new Response(keys.slice())),
    })
    await page.visit()
    const { entries } = await page.ledger()
    expect(entries.map(({ bytes }) => bytes.length)).toEqual([80, 80])
    expect(entries[0]!.words).toMatch(/sealed for the collector, by https:\/\/relay\.example,/)
  })

  it('the preview says of which metrics the truth is rounded by chance', async () => {
    const visitor = await regular()
    const mean = { name: 'mean', counts: 'mean', of: 'basket', currency: 'EUR', most: 100 }
    visitor.collector.plan = { ...PLAN, metrics: [mean, ...PLAN.metrics] }
    visitor.now += 25 * HOUR
    const { metrics } = await visitor.page().preview()
    expect(metrics.map(({ isRounded }) => isRounded)).toEqual([true, undefined, undefined])
  })

  it('the variant of an experiment is drawn before anything is shown, also to who is here for the first time', async () => {
    const variants = ['one', 'other']
    const metrics = [{ name: 'test', counts: 'experiment', variants, goal: 'bought' }]
    const shown: string[] = []
    for (let visitors = 0; visitors < 24; visitors++) {
      const visitor = device()
      visitor.collector.plan = { ...PLAN, metrics }
      visitor.now = midweek(EPOCH)
      const page = visitor.page()
      shown.push((await page.preview()).metrics[0]!.group!)
      await page.close()
      await visitor.visit()
      await visitor.visit(midweek(EPOCH + 1))
      expect(visitor.collector.reports.map((body) => variants[decodeReport(bytesOf(body)).group])).toEqual([shown.at(-1)])
      await visitor.close()
    }
    // Fewer than 3 or more than 21 of 24: once in some 28,000 runs.
    const ones = shown.filter((group) => group === 'one').length
    expect(ones).toBeGreaterThan(2)
    expect(ones).toBeLessThan(22)
  })

  it('the variant of an experiment is the same all week, and drawn anew in the next', async () => {
    const visitor = await regular()
    const variants = Array.from({ length: 16 }, (_, at) => `v${at}`)
    visitor.collector.plan = { ...PLAN, metrics: [{ name: 'test', counts: 'experiment', variants, goal: 'bought' }] }
    visitor.now += 25 * HOUR
    const groups: (string | undefined)[] = []
    for (let week = 0; week < 5; week++) {
      const variant = async () => (await visitor.page().preview()).metrics[0]!.group
      groups.push(await variant())
      visitor.now += HOUR
      expect(await variant()).toBe(groups.at(-1))
      visitor.now += WEEK - HOUR
      await visitor.visit()
      const told = decodeReport(bytesOf(visitor.collector.reports.at(-1)!))
      expect([told.epoch, variants[told.group]]).toEqual([EPOCH + 1 + week, groups.at(-1)])
      if (week === 3) break
    }
    expect(new Set(groups).size).toBeGreaterThan(1)
  })
})
