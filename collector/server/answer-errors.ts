import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { FastifyError, FastifyInstance } from 'fastify'
import { SottoError } from '../../src/shared/errors'
import { REFUSALS, Refusal, type RefusalCode } from '../ingest/refusal'
import type { RefusalCounts } from '../ingest/refusal-counts'
import { parameterFault } from './parameter-fault'

const JSON_TYPE = 'application/json; charset=utf-8'
/** Seconds after which to come again. */
const RETRY_AFTER = { busy: 5, unavailable: 15 } as const

/** Every error is answered as `{ code, message }` and counted by its code; of what was sent, nothing is repeated but a wrong parameter, see `parameterFault`. */
export function answerErrors(app: FastifyInstance, counts: RefusalCounts): void {
  app.setErrorHandler((error, _request, reply) => {
    const refusal = refusalOf(error)
    if (!hasHungUp(error)) counts.add(refusal.code)
    if (refusal.code === 'busy' || refusal.code === 'unavailable') reply.header('Retry-After', RETRY_AFTER[refusal.code])
    // What is left of a body that is too large is not waited for.
    if (refusal.code === 'too-large') reply.header('Connection', 'close')
    return reply.code(refusal.status).send({ code: refusal.code, message: refusal.message })
  })
  app.setNotFoundHandler(() => {
    throw new Refusal('not-found')
  })
}

/** Answers what never became a request: it broke HTTP, or its end did not come in time. */
export function answerSlow(counts: RefusalCounts, error: Error & { code?: string }, socket: Socket): void {
  const code: RefusalCode = error.code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 'slow' : 'request-invalid'
  if (hasHungUp(error) || !socket.writable) {
    socket.destroy()
    return
  }
  counts.add(code)
  const [status, message] = REFUSALS[code]
  const body = JSON.stringify({ code, message })
  const head = `HTTP/1.1 ${status} ${code === 'slow' ? 'Request Timeout' : 'Bad Request'}\r\nContent-Type: ${JSON_TYPE}`
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`)
}

/** Answers a request whose address cannot be read: there is no route for it, and so none of what routes do. */
export function answerUnreadable(counts: RefusalCounts, response: ServerResponse): void {
  counts.add('request-invalid')
  const [status] = REFUSALS['request-invalid']
  const message = 'the address of the request cannot be read: after a % stand two hexadecimal digits, of UTF-8'
  response.writeHead(status, { 'Content-Type': JSON_TYPE }).end(JSON.stringify({ code: 'request-invalid', message }))
}

/** How Node tells that a connection ended before its request did. */
const HUNG_UP: readonly unknown[] = ['ECONNRESET', 'EPIPE', 'HPE_INVALID_EOF_STATE']

/** The other side hung up in the middle: there is nobody to answer, and nothing was refused. */
function hasHungUp(thrown: unknown): boolean {
  return thrown instanceof Error && 'code' in thrown && HUNG_UP.includes(thrown.code)
}

function refusalOf(thrown: unknown): Refusal {
  if (thrown instanceof Refusal) return thrown
  if (thrown instanceof SottoError && thrown.code === 'plan-invalid') return new Refusal('plan-invalid', thrown.message)
  const { code, statusCode, validation } = Object(thrown) as Partial<FastifyError> // whatever it is, these may be asked for
  if (validation) return new Refusal('request-invalid', parameterFault({ validation }))
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new Refusal('too-large')
  return new Refusal(typeof statusCode === 'number' && statusCode >= 400 && statusCode < 500 ? 'request-invalid' : 'internal')
}
