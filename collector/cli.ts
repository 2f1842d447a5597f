import { uptime } from 'node:os'
import { fileURLToPath } from 'node:url'
import { runCollector } from './command/run-collector'

process.exitCode = await runCollector(process.argv.slice(2), {
  print: console.log,
  warn: console.error,
  environment: process.env,
  now: Date.now,
  steady: () => Math.floor(uptime() * 1000),
  // Beside the command once that is built.
  dashboard: fileURLToPath(new URL('./dashboard/', import.meta.url)),
  onEnd: (end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end)
  },
})
