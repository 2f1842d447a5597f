import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Collector } from '../collector'
import { PublishedEstimates } from '../publish/published-estimates'

/** Browsers and proxies may keep a plan this long: as long as it may take until a new one is followed. */
const PLAN_SECONDS = 300
const ESTIMATES_SECONDS = 60
/** How long an answer of the database serves everybody who asks. */
const MEMO_MS = 10_000
/** Half a year, and ten years. */
const DEFAULT_EPOCHS = 26
const MOST_EPOCHS = 520

const QUERY = {
  type: 'object',
  properties: { epochs: { type: 'integer', minimum: 1, maximum: MOST_EPOCHS, default: DEFAULT_EPOCHS } },
  additionalProperties: false,
} as const

/** `GET /v1/plan.json`: the current plan, byte for byte. `GET /v1/estimates`: what was published, and nothing that was not. */
export async function publicRoutes(
  app: FastifyInstance,
  { collector, now }: { readonly collector: Collector; readonly now: () => number },
): Promise<void> {
  // One for all: a text for each number of epochs would be hundreds, each as large as all that was ever published.
  let memo: { readonly until: number; readonly published: Promise<PublishedEstimates> } | undefined
  const readPublished = (): Promise<PublishedEstimates> => {
    if (memo && now() < memo.until) return memo.published
    const fresh = { until: now() + MEMO_MS, published: PublishedEstimates.read(collector.database, MOST_EPOCHS) }
    memo = fresh
    // A failure is not kept.
    fresh.published.catch(() => {
      if (memo === fresh) memo = undefined
    })
    return fresh.published
  }

  app.get('/v1/plan.json', async (request, reply) => {
    const { content, hash } = collector.plans.current
    return sendKept(request, reply, Buffer.from(content), hash, PLAN_SECONDS)
  })

  app.get<{ Querystring: { epochs: number } }>('/v1/estimates', { schema: { querystring: QUERY } }, async (request, reply) => {
    const text = Buffer.from((await readPublished()).latest(request.query.epochs))
    return sendKept(request, reply, text, createHash('sha256').update(text).digest('hex'), ESTIMATES_SECONDS)
  })
}

/** @param hash of the content: the same one needs not be sent again. */
function sendKept(request: FastifyRequest, reply: FastifyReply, content: Buffer, hash: string, seconds: number): FastifyReply {
  const tag = `"${hash.slice(0, 32)}"`
  reply.header('Cache-Control', `public, max-age=${seconds}`).header('ETag', tag).type('application/json; charset=utf-8')
  return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.send(content)
}
