import type { EventName, EventParams, StoredEvent } from '../../src/shared/events'
import { epochStart } from '../../src/shared/signals/epoch'
import type { RandomIntegers } from '../../src/shared/signals/random-integers'
import type { Metric, SignalPlan } from '../../src/shared/signals/signal-plan'
import { measure } from '../../worker/signals/measure/measure'
import { splitHistory } from '../../worker/signals/measure/split-history'
import { createLocalTransport } from '../../worker/signals/transports/local'
import { NO_VITALS } from '../../worker/signals/vitals'

/** The epoch that everything is asked about. */
export const EPOCH = 2950
const HOUR_MS = 3_600_000

/** Something a visitor did, an hour after what was done before it. */
export type Deed = readonly [name: EventName, params?: EventParams]

/** A history of one epoch, as the device keeps it. */
export function historyOf(deeds: readonly Deed[], epoch = EPOCH): readonly StoredEvent[] {
  return deeds.map(([name, params = {}], at) => ({
    ...params,
    id: `e${at}`,
    name,
    time: epochStart(epoch) + (at + 1) * HOUR_MS,
    session: 1,
  }))
}

/** A plan of one metric. */
export function planOf(metric: Metric): SignalPlan {
  return { sottoPlan: 1, purpose: 'To be audited.', metrics: [metric] }
}

/**
 * What a visitor's browser sends for one metric: measured, randomized and laid out by the code that ships, from the history to the 40 bytes.
 * @returns makes one fresh report a call.
 */
export function reporter(metric: Metric, deeds: readonly Deed[], random: RandomIntegers): () => Promise<Uint8Array<ArrayBuffer>> {
  const plan = planOf(metric)
  const facts = { ...splitHistory(historyOf(deeds), EPOCH), vitals: NO_VITALS, shown: [], random }
  const transport = createLocalTransport({ url: 'https://collect.example/v1/reports', random, fetch: refuseToSend })
  const answer = { plan, planHash: new Uint8Array(32), metric: 0, group: 0, epoch: EPOCH }
  return () => transport.prepare({ ...answer, bucket: measure(metric, 0, facts) })
}

function refuseToSend(): Promise<Response> {
  return Promise.reject(new TypeError('nothing is sent here'))
}
