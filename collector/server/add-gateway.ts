import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { REPORT_BYTES } from '../../src/shared/signals/report'
import { Gateway } from '../oblivious/gateway'
import { GatewayKeys } from '../oblivious/gateway-keys'
import { gatewayRoutes } from '../oblivious/gateway-routes'
import { holdsToken } from './bearer'
import { REPORTS_PATH, REPORTS_PER_MINUTE } from './report-routes'

/** Through one relay, which shows its token. */
const RELAYED_PER_MINUTE = 60_000

export type AddedGateway = {
  /** Of 32 bytes or more, from which the gateway's keys come. */
  readonly secret: Uint8Array
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** The one that the server was built with: reports are given to it under this token, and relays show it. */
  readonly relayToken: string
  /** From one address without the token. Default as for reports that come directly. */
  readonly reportsPerMinute?: number
}

/**
 * Makes the collector's server an Oblivious HTTP gateway too. Whoever speaks to it without the relay's token could be anybody, and is allowed no more
 * than anybody is.
 * @throws SottoError for a `secret` that could be guessed.
 */
export async function addGateway(app: FastifyInstance, options: AddedGateway): Promise<void> {
  const { secret, now, relayToken, reportsPerMinute = REPORTS_PER_MINUTE } = options
  const headers = { authorization: `Bearer ${relayToken}` }
  const gateway = new Gateway({
    keys: new GatewayKeys({ secret, now }),
    path: REPORTS_PATH,
    reportBytes: REPORT_BYTES,
    inject: async (report) => (await app.inject({ method: 'POST', url: REPORTS_PATH, headers, payload: Buffer.from(report) })).statusCode,
    randomBytes: (count) => randomBytes(count),
  })
  await app.register(gatewayRoutes, {
    gateway,
    mostPerMinute: (request) => (holdsToken(request.headers.authorization, relayToken) ? RELAYED_PER_MINUTE : reportsPerMinute),
  })
}
