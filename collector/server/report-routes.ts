import type { FastifyInstance, FastifyRequest } from 'fastify'
import { REPORT_BYTES } from '../../src/shared/signals/report'
import type { Collector } from '../collector'
import { Refusal } from '../ingest/refusal'
import { holdsToken } from './bearer'
import { JSON_ONLY } from './security-headers'

export type ReportRoutesOptions = {
  readonly collector: Collector
  readonly reportsPerMinute: number
  readonly relayToken?: string
  readonly origins?: readonly string[]
}

/** Where devices send their reports. */
export const REPORTS_PATH = '/v1/reports'
/** From one address, unless said otherwise: many people may share one. */
export const REPORTS_PER_MINUTE = 120

/**
 * `POST /v1/reports`: the 40 bytes of one report; from relays, which have a token, those of many. Answered when all is committed: 200 with how many were
 * accepted, and which were not; a single report that is refused, by its own status and code.
 */
export async function reportRoutes(app: FastifyInstance, options: ReportRoutesOptions): Promise<void> {
  const { collector, reportsPerMinute, relayToken, origins } = options
  const isRelay = (request: FastifyRequest) => holdsToken(request.headers.authorization, relayToken)

  app.post(REPORTS_PATH, { config: { rateLimit: { max: reportsPerMinute, allowList: isRelay } } }, async (request, reply) => {
    reply.headers(JSON_ONLY)
    const { origin } = request.headers
    if (origins && origin !== undefined && !origins.includes(origin)) throw new Refusal('origin-refused')
    const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
    const isOne = body.length === REPORT_BYTES
    if (!isOne && !isRelay(request)) throw new Refusal('size')
    const answer = await collector.intake.take(body)
    const [first] = answer.refused
    // Counted where it was refused.
    if (first && (isOne || first.code === 'size')) return reply.code(new Refusal(first.code).status).send(messageOf(first.code))
    return answer
  })
}

function messageOf(code: Refusal['code']): { readonly code: string; readonly message: string } {
  return { code, message: new Refusal(code).message }
}
