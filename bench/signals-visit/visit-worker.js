// A worker that has the engine's code, as a visitor's has by the time nobody waits, and then does what signals add to it.
import '/dist/engine.js'

/** Nothing of what was loaded before may run on into what is measured. */
const QUIET_MS = 150
/** Longer than the moment of a visit's turn is ever put off. */
const MOMENT_MS = 50_000

const pause = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS))

// The page hears errors of a worker, and would wait for ever after a promise that failed.
addEventListener('unhandledrejection', ({ reason }) => {
  throw reason
})

addEventListener('message', async ({ data: { chunk, isFirst } }) => {
  await pause()
  const start = performance.now()
  performance.mark('signals-begin')
  const module = await import(chunk)
  const { openSignals } = module.openSignals ? module : module.t
  const open = () =>
    openSignals({
      config: { namespace: 'bench', signals: { collector: location.origin } },
      keeper: { consent: 'granted', current: async () => undefined },
      catalog: { status: () => ({}) },
      indexes: { status: { backend: 'wasm', steps: [] } },
      page: { slots: new Set() },
      isForgotten: () => false,
      idle: async () => {},
    })
  const signals = open()
  const visit = signals.visit()
  if (isFirst) {
    await pause()
    // A page of the same visit that opens when the moment of its turn is past: there is no waiting for it here.
    const { now } = Date
    Date.now = () => now() + MOMENT_MS
    await open().visit()
  } else await visit
  performance.mark('signals-end')
  postMessage({ ms: performance.now() - start, state: isFirst ? (await signals.ledger()).state : undefined })
})
