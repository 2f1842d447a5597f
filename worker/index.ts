import type { EarlyNotice } from '../src/shared/contract'
import { KernelModules } from './compute/kernel/kernel-modules'
import { EarlyDisk } from './store/early-disk'

/** Where the page's notices do not arrive, as in a worker whose script loads in two steps, the engine is not waited for longer. */
const NOTICE_MS = 10

// The entry is small on purpose: it runs before the engine's code is there, and asks the disk for what that code will need, so that the disk
// is at work while the code is being read.
const early = new EarlyDisk()
const modules = new KernelModules()
const notices: EarlyNotice[] = []
let hear = (notice: EarlyNotice): void => void notices.push(notice)
let isLoading = false

function load(): void {
  if (isLoading) return
  isLoading = true
  import('./start')
    .then(({ start }) => {
      hear = start(early, modules)
      notices.forEach(hear)
    })
    .catch((thrown) => {
      // Thrown outside of the promise, so that the page hears that there will be no engine.
      setTimeout(() => {
        throw thrown
      })
    })
}

addEventListener('message', (event: MessageEvent<EarlyNotice | undefined>) => {
  if (event.data?.sotto !== 'early') return
  // comlink, which listens later, would take it for a call of its own.
  event.stopImmediatePropagation()
  early.heed(event.data)
  load()
  void modules.warm()
  hear(event.data)
})
setTimeout(load, NOTICE_MS)
