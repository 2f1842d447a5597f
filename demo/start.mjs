// `npm start`: installs what is missing, builds the SDK and the demo, serves it.
import { build, buildDemo, install } from '../test/support/run-quietly.mjs'

install()
if (!build() || !buildDemo()) process.exit(1)

const { preview } = await import('vite')
const port = Number(process.env.PORT ?? 4173)
// A port that is taken is no reason to fail: the next free one is used, and said.
const server = await preview({ logLevel: 'silent', preview: { port, strictPort: false, open: false } })
const { port: served } = server.httpServer.address()
console.log(`Sotto demo: http://localhost:${served}/`)
