import type { EarlyNotice } from '../src/shared/contract'
import { KernelModules } from './compute/kernel/kernel-modules'
import { EarlyDisk } from './store/early-disk'

// The entry is small on purpose: it runs while the engine's code is still being read, and asks the disk meanwhile for what the code will need.
const early = new EarlyDisk()
const modules = new KernelModules()
const notices: EarlyNotice[] = []
let hear = (notice: EarlyNotice): void => void notices.push(notice)

addEventListener('message', (event: MessageEvent<EarlyNotice | undefined>) => {
  if (event.data?.sotto !== 'early') return
  // comlink, which listens next, would take it for a call of its own.
  event.stopImmediatePropagation()
  early.heed(event.data)
  void modules.warm()
  hear(event.data)
})
import('./start').then(
  ({ start }) => {
    hear = start(early, modules)
    notices.forEach(hear)
  },
  (thrown) => {
    // Thrown outside of the promise, so that the page hears that there will be no engine.
    setTimeout(() => {
      throw thrown
    })
  },
)
