import { Task } from '@divviup/dap'
import { SottoError } from '../../../src/shared/errors'
import { dapHistogram, dapIndex } from '../../../src/shared/signals/dap-histogram'
import { epochStart } from '../../../src/shared/signals/epoch'
import { ANONYMOUS, DEADLINE_MS, type Fetch, fitsKeepalive } from './anonymous-request'
import { outcomeOf } from './outcome-of'
import type { Answer, SendOutcome, Transport } from './transport'
import { readUpload, uploadOf } from './upload'

/** A clock that runs ahead makes a report from the future (DAP-09, section 4.4.2), which it is only for a while. */
const TOO_EARLY = 'urn:ietf:params:ppm:dap:error:reportTooEarly'

/**
 * Sends answers by the Distributed Aggregation Protocol (draft-ietf-ppm-dap-09) as Prio3Histogram (draft-irtf-cfrg-vdaf-08): each of two operators gets
 * a share that says nothing by itself, and only sums come out. Such a report is not randomized: whoever holds the keys of both reads it.
 *
 * `prepare` asks both aggregators for their keys, shards and encrypts; the report carries the moment that its epoch began, the same for everybody.
 * It throws `keys-failed` if an aggregator does not answer, or not with a usable key: the answer may be prepared again later. What it returns is an upload
 * (see `readUpload`) of a size that depends on nothing but the task. `send` puts the same bytes each time, hence the same report id, which aggregators count once.
 */
export function createDapTransport({ fetch }: { readonly fetch: Fetch }): Transport {
  return {
    prepare: (answer) => prepare(answer, fetch),
    async send(body): Promise<SendOutcome> {
      const { url, report } = readUpload(body)
      try {
        const headers = { 'Content-Type': 'application/dap-report' }
        const request = { ...ANONYMOUS, method: 'PUT', headers, body: report, keepalive: fitsKeepalive(report) }
        const response = await fetch(url, { ...request, signal: AbortSignal.timeout(DEADLINE_MS) })
        const outcome = await outcomeOf(response.status, () => response.text())
        return typeof outcome === 'object' && outcome.refusedFor === TOO_EARLY ? 'later' : outcome
      } catch {
        // Offline, blocked, redirected, too slow: nobody answered.
        return 'later'
      }
    },
  }
}

async function prepare({ plan, metric: place, group, bucket, epoch }: Answer, fetch: Fetch): Promise<Uint8Array<ArrayBuffer>> {
  const metric = plan.metrics[place]
  const id = plan.dap?.tasks[place]
  if (!metric || !plan.dap || id === undefined) {
    throw new SottoError('plan-invalid', `a plan in mode dap names a task for each metric; got none for metric ${place}`, {
      path: `dap.tasks[${place}]`,
    })
  }
  const { leader, helper, timePrecision } = plan.dap
  const task = new Task({ type: 'histogram', ...dapHistogram(metric), id, leader, helper, timePrecisionSeconds: timePrecision })
  task.fetch = (url, init) => fetch(String(url), { ...init, ...ANONYMOUS, signal: AbortSignal.timeout(DEADLINE_MS) })
  try {
    await task.fetchKeyConfiguration()
  } catch (cause) {
    throw new SottoError(
      'keys-failed',
      `an aggregator gave no key to encrypt a report with (${cause}); it may be asked again later`,
      {},
      { cause },
    )
  }
  const report = await task.generateReport(dapIndex(metric, group, bucket), {
    timestamp: new Date(reportTime(epoch, timePrecision) * 1000),
  })
  return uploadOf(new URL(`tasks/${id}/reports`, withSlash(leader)).href, report.encode())
}

/** The first moment of the epoch that the task's precision can express, so that no batch holds two epochs. @returns seconds since 1970. */
function reportTime(epoch: number, precision: number): number {
  return Math.ceil(epochStart(epoch) / 1000 / precision) * precision
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}
