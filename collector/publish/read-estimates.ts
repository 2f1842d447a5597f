import type { Database } from '../database/database'
import { bytesOf, textOf } from '../database/read-row'

/**
 * All that was published, as the text of an `EstimatesDocument`: each epoch in the very characters that it was published in.
 * @param count how many epochs at most, the latest. @throws what the database says.
 */
export async function readEstimates(database: Database, count: number): Promise<string> {
  return database.transaction(async (run) => {
    const published = await run("SELECT document FROM sotto.epochs WHERE state = 'published' ORDER BY epoch DESC LIMIT $1", [count])
    const documents = published.map((row) => textOf(row, 'document'))
    const plans = await run('SELECT hash, content FROM sotto.plans ORDER BY id')
    const mentioned = plans
      .map((row) => ({ hash: textOf(row, 'hash'), content: new TextDecoder().decode(bytesOf(row, 'content')) }))
      .filter(({ hash }) => documents.some((document) => document.includes(`"plan":"${hash}"`)))
    const members = mentioned.map(({ hash, content }) => `"${hash}":${content.trim()}`)
    return `{"sotto":"estimates/1","plans":{${members.join(',')}},"epochs":[${documents.join(',')}]}`
  })
}
