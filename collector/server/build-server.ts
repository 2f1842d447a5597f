import cors from '@fastify/cors'
import helmet from '@fastify/helmet'
import rateLimit from '@fastify/rate-limit'
import fastify, { type FastifyInstance } from 'fastify'
import type { Collector } from '../collector'
import { Refusal } from '../ingest/refusal'
import { addressKey } from './address-key'
import { adminRoutes } from './admin-routes'
import { answerErrors, answerSlow, answerUnreadable } from './answer-errors'
import { dashboardFiles } from './dashboard-files'
import { healthRoutes } from './health-routes'
import { limitConnections } from './limit-connections'
import { publicRoutes } from './public-routes'
import { REPORTS_PER_MINUTE, reportRoutes } from './report-routes'
import { securityHeaders } from './security-headers'

export type ServerOptions = {
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Of the administrator; without it, administration is not there at all. */
  readonly adminToken?: string
  /** Of relays, which may send many reports in one body and as fast as they like. */
  readonly relayToken?: string
  /** Pages of these origins may report and read. Default: all. */
  readonly origins?: readonly string[]
  /** Proxies in front, each of which adds the address that it was asked from to `X-Forwarded-For`. Default 0: that header is not believed. */
  readonly proxies?: number
  /** Reports a minute from one address. Default 120: many people may share one. */
  readonly reportsPerMinute?: number
  /** How long a request may take to arrive, in milliseconds; whoever is slower holds a connection for nothing. Default 10,000. */
  readonly deadlineMs?: number
  /** Connections of one address at once, where there is no proxy: all of a proxy's come from its own. Default 256. */
  readonly connectionsOfOne?: number
  /** The built dashboard, a folder; left out where it is not there. */
  readonly dashboard?: string
}

/** Of a report, a batch or a plan. */
export const MOST_BODY_BYTES = 65_536
/** In deadlines: for as long, nothing need pass on a connection while an answer is awaited, or is not fetched. Writing reports may take half of it. */
const SILENT_DEADLINES = 6
/** Deadlines are looked at this many times before they pass. */
const CHECKS_A_DEADLINE = 10
const MOST_CONNECTIONS = 10_000
/** Of one address, where no proxy stands between: a browser opens six, and many people may share an address. */
const MOST_CONNECTIONS_OF_ONE = 256
/** Of plans, estimates and the dashboard, from one address. */
const READS_PER_MINUTE = 600
/** Addresses that are remembered for limits; the least recent are forgotten first. */
const MOST_ADDRESSES = 50_000

/**
 * The collector as an HTTP server that is not listening yet. It logs nothing: not an address, not a header, not a body.
 */
export async function buildServer(collector: Collector, options: ServerOptions): Promise<FastifyInstance> {
  const { now, origins, proxies = 0, reportsPerMinute = REPORTS_PER_MINUTE, deadlineMs = 10_000, dashboard } = options
  const app = fastify({
    logger: false,
    trustProxy: (_address, hop) => hop < proxies,
    bodyLimit: MOST_BODY_BYTES,
    requestTimeout: deadlineMs,
    connectionTimeout: SILENT_DEADLINES * deadlineMs,
    http: { headersTimeout: deadlineMs, connectionsCheckingInterval: deadlineMs / CHECKS_A_DEADLINE },
    // A misspelt parameter is refused; what is wrong with one is said in words.
    ajv: { customOptions: { removeAdditional: false, verbose: true } },
    forceCloseConnections: 'idle',
    clientErrorHandler: (error, socket) => answerSlow(collector.counts, error, socket),
    frameworkErrors: (_error, _request, reply) => answerUnreadable(collector.counts, reply.raw),
  })
  app.server.maxConnections = MOST_CONNECTIONS
  // A report has no type; a plan is taken as its bytes, of which the hash is.
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  answerErrors(app, collector.counts)

  await app.register(cors, {
    origin: origins ? [...origins] : '*',
    methods: ['GET', 'POST'],
    allowedHeaders: [],
    // For devices whose clock is wrong.
    exposedHeaders: ['Date', 'Retry-After'],
    maxAge: 86_400,
  })
  const keyOf = addressKey(now)
  if (proxies === 0) limitConnections(app.server, keyOf, options.connectionsOfOne ?? MOST_CONNECTIONS_OF_ONE)
  await app.register(rateLimit, {
    global: true,
    max: READS_PER_MINUTE,
    timeWindow: 60_000,
    cache: MOST_ADDRESSES,
    keyGenerator: (request) => keyOf(request.ip),
    errorResponseBuilder: () => new Refusal('too-many'),
    addHeaders: { 'retry-after': true, 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
    addHeadersOnExceeding: { 'x-ratelimit-limit': false, 'x-ratelimit-remaining': false, 'x-ratelimit-reset': false },
  })
  await app.register(reportRoutes, { collector, reportsPerMinute, ...options })
  // What people and proxies may show; the answers to reports have headers of their own.
  await app.register(async (shown) => {
    await shown.register(helmet, securityHeaders(origins ?? []))
    await shown.register(publicRoutes, { collector, now })
    await shown.register(healthRoutes, { collector })
    if (options.adminToken !== undefined) await shown.register(adminRoutes, { collector, adminToken: options.adminToken })
    if (dashboard !== undefined) await dashboardFiles(shown, dashboard)
  })
  return app
}
