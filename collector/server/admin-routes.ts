import type { FastifyInstance } from 'fastify'
import { closesAt } from '../../src/shared/signals/epoch-window'
import type { Collector } from '../collector'
import { textOf, wholeOf } from '../database/read-row'
import { Refusal } from '../ingest/refusal'
import { holdsToken } from './bearer'

/** From one address, tokens that are wrong included: guessing must be hopeless. */
const REQUESTS_PER_MINUTE = 30

const EPOCH = { type: 'object', properties: { epoch: { type: 'integer', minimum: 0, maximum: 1_000_000 } }, required: ['epoch'] } as const

/**
 * What the token gives: `PUT /v1/admin/plan` makes the body the current plan, `GET /v1/admin/status` tells which plan and which epochs there are, and
 * `DELETE /v1/admin/epochs/:epoch` erases one. Nobody is told how much was counted of an epoch that is open, not even here.
 */
export async function adminRoutes(
  app: FastifyInstance,
  { collector, adminToken }: { readonly collector: Collector; readonly adminToken: string },
): Promise<void> {
  // Before the token is looked at, and one allowance for all that is asked for here.
  app.addHook('onRequest', app.rateLimit({ max: REQUESTS_PER_MINUTE }))
  app.addHook('onRequest', async (request, reply) => {
    reply.header('Cache-Control', 'no-store')
    if (!holdsToken(request.headers.authorization, adminToken)) throw new Refusal('unauthorized')
  })

  app.put('/v1/admin/plan', async (request) => {
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    await collector.putPlan(new Uint8Array(body), { onlyNew: false })
    return { hash: collector.plans.current.hash }
  })

  app.get('/v1/admin/status', async () => {
    const rows = await collector.database.transaction((run) => run('SELECT epoch, state FROM sotto.epochs ORDER BY epoch DESC LIMIT 100'))
    const epochs = rows.map((row) => {
      const epoch = wholeOf(row, 'epoch')
      return { epoch, state: textOf(row, 'state'), closes: new Date(closesAt(epoch)).toISOString() }
    })
    return {
      plan: collector.plans.current.hash,
      database: collector.database.kind,
      ready: collector.isReady,
      epochs,
      refused: Object.fromEntries(collector.counts.entries()),
    }
  })

  app.delete<{ Params: { epoch: number } }>('/v1/admin/epochs/:epoch', { schema: { params: EPOCH } }, async (request) => {
    if (!(await collector.erase(request.params.epoch))) throw new Refusal('not-found')
    return { erased: request.params.epoch }
  })
}
