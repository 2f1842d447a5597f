import { epochOf } from '../../src/shared/signals/epoch'
import { hashPlan } from '../../src/shared/signals/plan-hash'
import { cryptoBytes, RandomIntegers } from '../../src/shared/signals/random-integers'
import { reportMaker } from '../../test/support/make-reports'
import { ReportWire } from '../../test/support/report-wire'
import { contentOf } from '../../test/support/test-collector'
import { PLAN } from './plan'

/** How reports are sent; one line of JSON to the process. */
export type Sending = {
  readonly port: number
  readonly seconds: number
  /** Reports in one request. */
  readonly perRequest: number
  /** Requests a second, each at its time whether or not those before were answered; without it, as fast as they are answered. */
  readonly requestsPerSec?: number
  readonly connections: number
  /** Of a relay; without it each request comes from an address of its own. */
  readonly token?: string
}

/** What came of it; one line of JSON from the process. */
export type Sent = {
  readonly reports: number
  readonly accepted: number
  readonly seconds: number
  /** From when a request was due to its answer, in ms: median, 99th percentile, greatest. */
  readonly latency: { readonly p50: number; readonly p99: number; readonly most: number }
  /** Requests by what was answered; 0: nothing. */
  readonly statuses: Readonly<Record<number, number>>
}

/** How often it looks which requests are due. */
const TICK_MS = 2
/** Reports are made before they are sent, but no more than this many of them: later ones are the same again, with another nonce. */
const MOST_MADE = 50_000

/** Sends reports to a collector on this machine. It shares the machine's processors: hence its bare client. */
export async function sendReports({ port, seconds, perRequest, requestsPerSec, connections, token }: Sending): Promise<Sent> {
  const random = new RandomIntegers(cryptoBytes)
  const make = reportMaker(PLAN, await hashPlan(contentOf(PLAN)), random)
  const epoch = epochOf(Date.now())
  // Most devices report about the epoch before, those of a first visit about the current one.
  const made = Array.from({ length: MOST_MADE }, (_, at) => make({ epoch: at % 10 === 0 ? epoch : epoch - 1 }))
  const wires = Array.from({ length: connections }, () => new ReportWire(port))
  const latencies: number[] = []
  const statuses: Record<number, number> = {}
  let [requests, answered, accepted] = [0, 0, 0]
  const bodyOf = (request: number) => {
    const body = Buffer.concat(Array.from({ length: perRequest }, (_, at) => made[(request * perRequest + at) % MOST_MADE]!))
    const nonces = random.bytes(16 * perRequest)
    for (let at = 0; at < perRequest; at++) body.set(nonces.subarray(16 * at, 16 * (at + 1)), 40 * at + 16)
    return body
  }
  const headersOf = (request: number) =>
    token === undefined
      ? `X-Forwarded-For: 10.${(request >> 16) & 255}.${(request >> 8) & 255}.${request & 255}\r\n`
      : `Authorization: Bearer ${token}\r\n`
  const send = async (due: number) => {
    const request = requests++
    let status = 0
    try {
      const answer = await wires[request % connections]!.send(bodyOf(request), headersOf(request))
      status = answer.status
      if (status === 200) accepted += Number(/"accepted":(\d+)/.exec(answer.body)?.[1])
    } catch {
      // Nobody answered: it counts as status 0.
    }
    latencies.push(performance.now() - due)
    statuses[status] = (statuses[status] ?? 0) + 1
    answered++
  }
  const start = performance.now()
  if (requestsPerSec === undefined) {
    // Two on each connection, so that the collector never waits for a body.
    const hands = Array.from({ length: 2 * connections }, async () => {
      while (performance.now() - start < 1000 * seconds) await send(performance.now())
    })
    await Promise.all(hands)
  } else {
    const total = requestsPerSec * seconds
    while (answered < total) {
      const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * requestsPerSec))
      while (requests < due) void send(start + (requests / requestsPerSec) * 1000)
      await new Promise((resolve) => setTimeout(resolve, TICK_MS))
    }
  }
  const took = (performance.now() - start) / 1000
  for (const wire of wires) wire.close()
  latencies.sort((a, b) => a - b)
  const at = (share: number) => latencies[Math.min(latencies.length - 1, Math.floor(share * latencies.length))] ?? 0
  return {
    reports: requests * perRequest,
    accepted,
    seconds: took,
    latency: { p50: at(0.5), p99: at(0.99), most: at(1) },
    statuses,
  }
}
