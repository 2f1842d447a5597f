import type { Database } from '../database/database'
import { bytesOf, textOf } from '../database/read-row'

/** How a published epoch names the plans that its metrics are of. */
const PLAN_OF_METRIC = /"plan":"([0-9a-f]{64})"/g

type PublishedDocument = {
  /** In the very characters that it was published in. */
  readonly text: string
  /** Hashes. */
  readonly plans: ReadonlySet<string>
}

/** All that was published, to be said as often as it is asked for. */
export class PublishedEstimates {
  private constructor(
    /** The latest first. */
    private readonly epochs: readonly PublishedDocument[],
    /** Members of `EstimatesDocument.plans` by their hash. */
    private readonly plans: ReadonlyMap<string, string>,
  ) {}

  /** @param count how many epochs at most, the latest. @throws what the database says. */
  static async read(database: Database, count: number): Promise<PublishedEstimates> {
    return database.transaction(async (run) => {
      const published = await run("SELECT document FROM sotto.epochs WHERE state = 'published' ORDER BY epoch DESC LIMIT $1", [count])
      const epochs = published.map((row) => {
        const text = textOf(row, 'document')
        return { text, plans: new Set([...text.matchAll(PLAN_OF_METRIC)].map(([, hash]) => hash!)) }
      })
      const rows = await run('SELECT hash, content FROM sotto.plans ORDER BY id')
      const plans = rows.map((row): [string, string] => {
        const hash = textOf(row, 'hash')
        return [hash, `"${hash}":${new TextDecoder().decode(bytesOf(row, 'content')).trim()}`]
      })
      return new PublishedEstimates(epochs, new Map(plans))
    })
  }

  /** The latest epochs and their plans, as the text of an `EstimatesDocument`. @param count how many at most. */
  latest(count: number): string {
    const epochs = this.epochs.slice(0, count)
    const plans = [...this.plans].filter(([hash]) => epochs.some((epoch) => epoch.plans.has(hash))).map(([, member]) => member)
    return `{"sotto":"estimates/1","plans":{${plans.join(',')}},"epochs":[${epochs.map(({ text }) => text).join(',')}]}`
  }
}
