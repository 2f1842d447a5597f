import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { Gateway } from './gateway'

/** Where gateways are looked for, and their keys beside them (RFC 9540, sections 4 and 5). */
export const GATEWAY_PATH = '/.well-known/ohttp-gateway'
/** A report with all that is around it has some 200 bytes; a kilobyte leaves room for long addresses. */
const MOST_BYTES = 1024
/** The same keys for everybody, and far longer of use than for a day. */
const KEYS_CACHED = 'public, max-age=86400'
const REQUEST_TYPE = 'message/ohttp-req'
const PROBLEM_TYPE = 'https://iana.org/assignments/http-problem-types#ohttp-key'

export type GatewayRoutesOptions = {
  readonly gateway: Gateway
  /** Encapsulated requests a minute from the address that this one came from, where requests are limited. */
  readonly mostPerMinute: (request: FastifyRequest) => number
}

/**
 * Fastify plugin: `GET` gives the gateway's keys, `POST` takes encapsulated requests from relays (RFC 9458, section 5).
 *
 * @example
 * const inject = async (report: Uint8Array) => (await app.inject({ method: 'POST', url: '/v1/reports', payload: Buffer.from(report) })).statusCode
 * const mostPerMinute = (request: FastifyRequest) => (isRelay(request) ? 60_000 : 120)
 * app.register(gatewayRoutes, { gateway: new Gateway({ keys, path: '/v1/reports', inject, randomBytes }), mostPerMinute })
 */
export async function gatewayRoutes(app: FastifyInstance, { gateway, mostPerMinute }: GatewayRoutesOptions): Promise<void> {
  app.addContentTypeParser(REQUEST_TYPE, { parseAs: 'buffer', bodyLimit: MOST_BYTES }, (_request, body, done) => done(null, body))

  app.get(GATEWAY_PATH, async (_request, reply) => {
    const keys = await gateway.configurations()
    return reply.type('application/ohttp-keys').header('Cache-Control', KEYS_CACHED).send(Buffer.from(keys))
  })

  app.post(GATEWAY_PATH, { config: { rateLimit: { max: mostPerMinute } } }, async (request, reply) => {
    if (request.headers['content-type'] !== REQUEST_TYPE || !Buffer.isBuffer(request.body)) {
      return reply.code(415).send({ code: 'report-invalid', message: `a gateway takes ${REQUEST_TYPE}` })
    }
    const answer = await gateway.answer(request.body)
    reply.header('Cache-Control', 'no-store')
    switch (answer.kind) {
      case 'sealed':
        return reply.type('message/ohttp-res').send(Buffer.from(answer.body))
      case 'ohttp-key':
        return reply
          .code(400)
          .type('application/problem+json')
          .send(JSON.stringify({ type: PROBLEM_TYPE, title: answer.message }))
      case 'malformed':
        return reply.code(400).send({ code: 'report-invalid', message: answer.message })
      default:
        return answer satisfies never
    }
  })
}
