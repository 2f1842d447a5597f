import { afterEach, expect, it, vi } from 'vitest'
import { patiently } from '../../support/patiently'

const failure = new Error('the engine could not be made')
vi.mock('../../../worker/start', () => ({
  start: () => {
    throw failure
  },
}))
afterEach(() => vi.unstubAllGlobals())

it('an engine that cannot be made is an error of the worker, of which the page hears', async () => {
  const tasks: (() => void)[] = []
  vi.stubGlobal('addEventListener', () => {})
  vi.stubGlobal('setTimeout', (task: () => void) => tasks.push(task))
  await import('../../../worker/index')
  // The first one stops waiting for a notice.
  tasks.shift()!()
  const runAll = () => {
    for (const task of tasks.splice(0)) task()
  }
  await patiently(() => expect(runAll).toThrow(failure))
})
