import type { FastifyHelmetOptions } from '@fastify/helmet'

/**
 * What browsers may do with the dashboard, and with everything else that is served: nothing but show it.
 * @param origins of pages in which the dashboard may stand, beside its own.
 */
export function securityHeaders(origins: readonly string[]): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ["'self'", ...origins],
      },
    },
    // A dashboard may stand in a page of the site: `frameAncestors` says so.
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
    // Of this host only: what else lies under the domain is not the collector's to decide.
    strictTransportSecurity: { includeSubDomains: false },
  }
}

/** Of an answer that is JSON and nothing else: nothing in it may run, and no page may show it. */
export const JSON_ONLY = {
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-store',
} as const
