import { monitorEventLoopDelay } from 'node:perf_hooks'
import type { FastifyInstance } from 'fastify'
import { VERSION } from '../../src/shared/version'
import type { Collector } from '../collector'
import { Refusal } from '../ingest/refusal'

const LOOP_RESOLUTION_MS = 20

/**
 * `GET /health`: the process runs. `GET /ready`: its database answers. `GET /metrics`: what was refused, by code, and how the process fares, for Prometheus
 * (text format 0.0.4).
 *
 * What was accepted is not among them, nor how long writing took: with the latest value in hand, whoever reads the next could tell that somebody reported.
 */
export async function healthRoutes(app: FastifyInstance, { collector }: { readonly collector: Collector }): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: LOOP_RESOLUTION_MS })
  delay.enable()
  app.addHook('onClose', async () => {
    delay.disable()
  })

  app.get('/health', async () => ({ status: 'alive', version: VERSION }))

  app.get('/ready', async () => {
    if (!collector.isReady) throw new Refusal('unavailable')
    return { status: 'ready' }
  })

  app.get('/metrics', async (_request, reply) => {
    const refused = collector.counts.entries().map(([code, count]) => `sotto_refused_total{code="${code}"} ${count}`)
    const lines = [
      ...header('sotto_refused_total', 'counter', 'Reports and requests refused since the start, by code.'),
      ...refused,
      ...header('sotto_ready', 'gauge', 'Whether the database answered lately.'),
      `sotto_ready ${collector.isReady ? 1 : 0}`,
      ...header('sotto_event_loop_delay_seconds', 'gauge', 'Delay of the event loop, 99th percentile since the start.'),
      `sotto_event_loop_delay_seconds ${(delay.percentile(99) / 1e9 || 0).toFixed(6)}`,
      ...header('process_resident_memory_bytes', 'gauge', 'Memory of the process.'),
      `process_resident_memory_bytes ${process.memoryUsage.rss()}`,
      ...header('process_uptime_seconds', 'gauge', 'Since the start.'),
      `process_uptime_seconds ${Math.floor(process.uptime())}`,
    ]
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(`${lines.join('\n')}\n`)
  })
}

function header(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
