// `npm start`: installs what is missing, builds the SDK and the demo, serves it beside a collector.
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { build, buildDemo, install } from '../test/support/run-quietly.mjs'

install()
if (!build() || !buildDemo()) process.exit(1)

const { preview } = await import('vite')
const target = await startCollectors()
const proxy = target && Object.fromEntries(['/collector.json', '^/collect/', '^/simulation/'].map((path) => [path, { target }]))
const port = Number(process.env.PORT ?? 4173)
// A port that is taken is no reason to fail: the next free one is used, and said.
const server = await preview({ logLevel: 'silent', preview: { port, strictPort: false, open: false, ...(proxy && { proxy }) } })
const { port: served } = server.httpServer.address()
console.log(`Sotto demo: http://localhost:${served}/`)

/** In a process of its own, so that a database at work does not hold up the shop's files. Undefined where it does not start: the shop does without. */
function startCollectors() {
  const child = fork(fileURLToPath(new URL('./collector/serve.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] })
  return new Promise((resolve) => {
    child.on('message', ({ origin }) => resolve(origin))
    child.on('exit', () => resolve(undefined))
  })
}
