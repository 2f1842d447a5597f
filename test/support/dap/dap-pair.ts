import { DapAggregator, vdafOf } from './dap-aggregator'
import { type DapReport, readReport } from './dap-report'
import { type BatchInterval, DapProblem, type DapTask } from './dap-task'

/** Seconds that a client's clock may run ahead. */
const TOLERABLE_SKEW = 60

/**
 * A leader and a helper in this process, who tell each other what DAP-09 has them tell, and a collector of what they sum: a double of two operators' Janus.
 * Requests come in through `fetch`; `requests` has each, `refused` counts by problem type what was not aggregated.
 */
export class DapPair {
  readonly leader = 'https://leader.example/dap/'
  readonly helper = 'https://helper.example/'
  readonly requests: { readonly url: string; readonly init: RequestInit }[] = []
  readonly refused: Record<string, number> = {}
  /** Uploaded and not yet aggregated, in order. */
  readonly #waiting: { readonly task: DapTask; readonly report: DapReport }[] = []
  /** Reports that were ever taken, by task and id. */
  readonly #seen = new Map<string, string>()
  /** Of these, the ones that both have summed. */
  readonly #aggregated = new Set<string>()
  readonly #collected = new Set<string>()

  private constructor(
    private readonly aggregators: readonly [DapAggregator, DapAggregator],
    private readonly tasks: ReadonlyMap<string, DapTask>,
    /** Seconds since 1970. */
    private readonly now: () => number,
  ) {}

  static async start(tasks: readonly DapTask[], now: () => number): Promise<DapPair> {
    const aggregators = [await DapAggregator.start('leader', 7), await DapAggregator.start('helper', 200)] as const
    return new DapPair(aggregators, new Map(tasks.map((task) => [task.id, task])), now)
  }

  /** What both answer over HTTP. */
  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    this.requests.push({ url, init })
    const base = [this.leader, this.helper].find((each) => url.startsWith(each))
    if (base === undefined) throw new TypeError('nobody is there')
    const path = url.slice(base.length)
    try {
      return await this.#answer(base === this.leader ? 0 : 1, path, init)
    } catch (thrown) {
      if (!(thrown instanceof DapProblem)) throw thrown
      this.#refuse(thrown.type)
      const problem = { type: `urn:ietf:params:ppm:dap:error:${thrown.type}`, title: thrown.message }
      return new Response(JSON.stringify(problem), { status: 400, headers: { 'Content-Type': 'application/problem+json' } })
    }
  }

  async #answer(place: 0 | 1, path: string, init: RequestInit): Promise<Response> {
    const keys = /^hpke_config\?task_id=([\w-]{43})$/.exec(path)
    if (keys) {
      this.#task(keys[1]!)
      return new Response(this.aggregators[place].keyConfigurations(), { headers: { 'Content-Type': 'application/dap-hpke-config-list' } })
    }
    const upload = /^tasks\/([\w-]{43})\/reports$/.exec(path)
    const { 'Content-Type': type } = init.headers as Record<string, string> // As the transport gives them; another form fails the comparison below.
    if (place !== 0 || !upload || init.method !== 'PUT' || type !== 'application/dap-report') return new Response(null, { status: 404 })
    await this.#upload(this.#task(upload[1]!), init.body as Uint8Array) // As the transport gives it; reading anything else fails.
    return new Response(null, { status: 201 })
  }

  #task(id: string): DapTask {
    const task = this.tasks.get(id)
    if (!task) throw new DapProblem('unrecognizedTask', `there is no task ${id}`)
    return task
  }

  /** What the leader looks at before it takes a report (DAP-09, section 4.4.2). */
  async #upload(task: DapTask, body: Uint8Array): Promise<void> {
    const report = readOrRefuse(body)
    if (report.time % task.timePrecision !== 0) throw new DapProblem('invalidMessage', 'the time is not rounded')
    if (report.time > this.now() + TOLERABLE_SKEW) throw new DapProblem('reportTooEarly', 'the report is from the future')
    if (report.time >= task.expires) throw new DapProblem('reportRejected', 'the task has ended')
    if (report.time < this.now() - task.reportExpiryAge) throw new DapProblem('reportRejected', 'the report is too old')
    if (this.#collected.has(batchOf(task, report.time))) throw new DapProblem('reportRejected', 'its batch was collected')
    const key = `${task.id} ${report.id}`
    const bytes = Buffer.from(body).toString('hex')
    const before = this.#seen.get(key)
    // Uploading is idempotent: the same again is well, and changes nothing.
    if (before === bytes) return
    if (before !== undefined) throw new DapProblem('reportRejected', 'another report has this id')
    await this.aggregators[0].open(task, report)
    this.#seen.set(key, bytes)
    this.#waiting.push({ task, report })
  }

  /** Lets a report past the leader's doors, as a leader that lies would: for what the helper must notice by itself. */
  smuggle(taskId: string, body: Uint8Array): void {
    this.#waiting.push({ task: this.#task(taskId), report: readReport(body) })
  }

  /** Verifies and sums all that waits. A report is counted by both or by none. */
  async aggregate(): Promise<void> {
    const [leader, helper] = this.aggregators
    for (const { task, report } of this.#waiting.splice(0)) {
      try {
        const key = `${task.id} ${report.id}`
        if (this.#aggregated.has(key)) throw new DapProblem('report_replayed', 'this id was aggregated before')
        const prepared = [await leader.prepare(task, report), await helper.prepare(task, report)] as const
        const shares = prepared.map(({ preparationShare }) => preparationShare)
        const message = await vdafOf(task).unshardPreparationShares(null, shares)
        const batch = batchOf(task, report.time)
        leader.commit(task, batch, prepared[0], message)
        helper.commit(task, batch, prepared[1], message)
        this.#aggregated.add(key)
      } catch (thrown) {
        this.#refuse(thrown instanceof DapProblem ? thrown.type : 'vdaf_prep_error')
      }
    }
  }

  /** What a collector gets of a time interval, once. @throws DapProblem where it is smaller than the task allows, or was collected before. */
  collect(taskId: string, { start, duration }: BatchInterval): { readonly count: number; readonly sums: number[] } {
    const task = this.#task(taskId)
    const vdaf = vdafOf(task)
    const batches = Array.from({ length: duration / task.timePrecision }, (_, at) => batchOf(task, start + at * task.timePrecision))
    const shares = this.aggregators.map((one) => {
      const parts = batches.map((batch) => one.aggregateShare(task, batch))
      return {
        count: parts.reduce((sum, part) => sum + part.count, 0),
        share: vdaf.aggregate(
          null,
          parts.map((part) => part.share),
        ),
      }
    })
    const [{ count }, other] = shares as [(typeof shares)[0], (typeof shares)[0]] // Two, since there are two aggregators.
    if (count !== other.count) throw new DapProblem('batchMismatch', `the leader has ${count} reports, the helper ${other.count}`)
    if (count < task.minBatchSize) throw new DapProblem('invalidBatchSize', `there are ${count} reports of at least ${task.minBatchSize}`)
    if (batches.some((batch) => this.#collected.has(batch))) throw new DapProblem('batchQueriedTooManyTimes', 'it was collected before')
    for (const batch of batches) this.#collected.add(batch)
    return {
      count,
      sums: vdaf.unshard(
        null,
        shares.map(({ share }) => share),
        count,
      ),
    }
  }

  #refuse(type: string): void {
    this.refused[type] = (this.refused[type] ?? 0) + 1
  }
}

function batchOf({ id, timePrecision }: DapTask, time: number): string {
  return `${id} ${Math.floor(time / timePrecision)}`
}

function readOrRefuse(body: Uint8Array): DapReport {
  try {
    return readReport(body)
  } catch (cause) {
    throw new DapProblem('invalidMessage', `this is no report: ${cause}`)
  }
}
