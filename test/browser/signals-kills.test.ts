import { afterEach, expect, it } from 'vitest'
import { decodeReport } from '../../src/shared/signals/report'
import { freshNamespace, removeAll } from './history-namespaces'
import { DeviceDouble, EPOCH, HOUR, midweek } from './signals-device'
import type { TabNews, TabOrder } from './signals-tab'

afterEach(removeAll)

/** Opens a tab, and kills it where it stops. @returns the reports that left, and where it was stopped, if it was. */
function openTab(order: TabOrder): Promise<{ readonly sent: readonly string[]; readonly step?: string }> {
  const worker = new Worker(new URL('./signals-tab.ts', import.meta.url), { type: 'module' })
  const sent: string[] = []
  return new Promise<{ readonly sent: readonly string[]; readonly step?: string }>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<TabNews>) => {
      if (data.kind === 'sent') sent.push(data.body)
      else resolve({ sent, ...(data.kind === 'stopped' && { step: data.step }) })
    }
    worker.onerror = ({ message }) => reject(new Error(message))
    worker.postMessage(order)
  }).finally(() => worker.terminate())
}

/** What a turn writes and sends, in order. */
const STEPS = [
  'sotto::signals notes', // the visit
  'sotto::signals notes', // the plan
  'sotto::signals notes', // groups
  'sotto::signals rounds', // what is drawn
  'sotto-budget: spent',
  'sotto::signals rounds', // that it is charged
  'sotto::signals rounds', // a report is prepared
  'sotto::signals rounds', // another
  'sotto::signals notes', // when one is to leave
  'sotto::signals notes', // the turn is over
  'sotto::signals rounds', // a report is about to leave
  'a report left',
  'sotto::signals rounds', // that it did
]

/**
 * A browser that was here last week; this week its first tab is killed at a step, and it comes back three times.
 * @returns where it was killed, `undefined` where it was done before; and all reports that left.
 */
async function killAt(stopAt: number, isAfter: boolean) {
  const namespace = freshNamespace()
  const visitor = new DeviceDouble(namespace)
  await visitor.visit(midweek(EPOCH))
  const now = midweek(EPOCH + 1)
  const { sent, step } = await openTab({ namespace, now, stopAt, isAfter })
  // The browser takes the lock of a killed tab back in its own time.
  await navigator.locks.request(`sotto:${namespace}:signals`, () => {})
  await visitor.visit(now)
  const inVisit = sent.length + visitor.collector.reports.length
  for (const visit of [1, 2]) await visitor.visit(now + visit * HOUR)
  return { step, inVisit, sent: [...sent, ...visitor.collector.reports], records: (await visitor.ledger()).budget.records }
}

const metricOf = (body: string) => decodeReport(Uint8Array.from(body.match(/../g)!, (pair) => Number.parseInt(pair, 16))).metric

it.each([
  ['before', false],
  ['after', true],
] as const)(
  'a tab killed %s any step of a turn: nothing is drawn, charged or randomized twice, and nothing is lost',
  async (_, isAfter) => {
    const killed = await Promise.all(STEPS.map((_step, stopAt) => killAt(stopAt, isAfter)))
    for (const { sent, inVisit, records } of killed) {
      expect(inVisit).toBeLessThanOrEqual(1)
      const reports = [...new Set(sent)]
      expect(reports.map(metricOf).sort()).toEqual([0, 1])
      expect(records).toEqual([{ epoch: EPOCH, spent: 2_000_000 }])
      // Only what was on its way is sent again, and as it was.
      expect(sent.length - reports.length).toBeLessThanOrEqual(1)
    }
    expect(killed.flatMap(({ step }) => step?.replace(/^(before|after) /, '') ?? [])).toEqual(STEPS)
  },
  180_000,
)
