import { createHash } from 'node:crypto'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Collector } from '../collector'
import { readEstimates } from '../publish/read-estimates'

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
  const memo = new Map<number, { readonly until: number; readonly text: Promise<string> }>()
  const estimates = (epochs: number): Promise<string> => {
    const kept = memo.get(epochs)
    if (kept && now() < kept.until) return kept.text
    const text = readEstimates(collector.database, epochs)
    memo.set(epochs, { until: now() + MEMO_MS, text })
    // A failure is not kept.
    text.catch(() => memo.delete(epochs))
    return text
  }

  app.get('/v1/plan.json', async (request, reply) => {
    const { content, hash } = collector.plans.current
    return sendKept(request, reply, Buffer.from(content), hash, PLAN_SECONDS)
  })

  app.get<{ Querystring: { epochs: number } }>('/v1/estimates', { schema: { querystring: QUERY } }, async (request, reply) => {
    const text = Buffer.from(await estimates(request.query.epochs))
    return sendKept(request, reply, text, createHash('sha256').update(text).digest('hex'), ESTIMATES_SECONDS)
  })
}

/** @param hash of the content: the same one needs not be sent again. */
function sendKept(request: FastifyRequest, reply: FastifyReply, content: Buffer, hash: string, seconds: number): FastifyReply {
  const tag = `"${hash.slice(0, 32)}"`
  reply.header('Cache-Control', `public, max-age=${seconds}`).header('ETag', tag).type('application/json; charset=utf-8')
  return request.headers['if-none-match'] === tag ? reply.code(304).send() : reply.send(content)
}
