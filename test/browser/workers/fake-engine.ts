import { expose } from 'comlink'
import type { EarlyNotice, EngineCall } from '../../../src/shared/contract'
import { PROTOCOL } from '../../../src/shared/version'

/**
 * A worker with the engine's face and the faults that its name asks for, since a real one can't be made to crash on demand.
 * `history` never answers; `status` throws; `explain` hangs the whole worker; `profile` gives the early notices; others echo their arguments.
 */
const faults = self.name.split(' ')
const early: EarlyNotice[] = []
addEventListener('message', ({ data }: MessageEvent<EarlyNotice | undefined>) => {
  if (data?.sotto === 'early') early.push(data)
})

const call: EngineCall = async (method, args) => {
  if (method === 'status') return { ok: false, failure: { code: 'storage-quota', message: 'full', details: { free: 0 } } }
  if (method === 'history') return new Promise(() => {})
  if (method === 'explain') for (;;);
  return { ok: true, value: method === 'profile' ? early : [method, ...args] }
}

const protocol = faults.includes('newer') ? PROTOCOL + 2 : PROTOCOL
if (faults.includes('throws')) throw new Error('broken script')
if (!faults.includes('silent')) {
  expose(call)
  postMessage({ sotto: 'ready', protocol })
}
if (faults.includes('notices')) postMessage({ sotto: 'change', change: 'catalog' })
