import { describe, expect, test } from 'vitest'
import { Bridge, type BridgeOptions } from '../../src/bridge'
import type { EngineConfig } from '../../src/shared/contract'
import type { IncomingEvent } from '../../src/shared/events'

/** What has to come in time does so on a busy machine too; only what is doubted is doubted soon. */
const DEADLINES_MS = { ready: 20_000, call: 150, ping: 1_500 }
/** Of those that wait for a worker that never says a word. */
const IMPATIENT_MS = { ...DEADLINES_MS, ready: 1_000 }
const EVENT: IncomingEvent = { id: '1', name: 'view_item', time: 1, params: {} }

const CONFIG: EngineConfig = { namespace: 'a', consent: 'granted', compute: 'auto', catalog: { kind: 'none' }, maxAgeMs: 1, maxEvents: 1 }

/** Each start takes the next name of the list; the last one stays. */
function bridgeTo(names: readonly string[], options: Partial<BridgeOptions> = {}) {
  let starts = 0
  const workers: Worker[] = []
  const starter = () => {
    const name = names[Math.min(starts++, names.length - 1)]!
    const worker = new Worker(new URL('./workers/fake-engine.ts', import.meta.url), { type: 'module', name })
    workers.push(worker)
    return worker
  }
  const changes: string[] = []
  const bridge = new Bridge({
    starters: [starter],
    config: () => CONFIG,
    prepare: () => {},
    onChange: (kind) => changes.push(kind),
    deadlinesMs: DEADLINES_MS,
    ...options,
  })
  return { bridge, changes, workers, starter }
}

const code = (expected: string) => expect.objectContaining({ name: 'SottoError', code: expected })

describe('Bridge', () => {
  test('calls made before the worker is ready wait for it, in order, behind the preparation', async () => {
    const order: string[] = []
    const { bridge } = bridgeTo(['well'], { prepare: (call) => void call('forget').then(() => order.push('prepared')) })
    const calls = ['a', 'b'].map((id) => bridge.call('rank', [id]).then(() => order.push(id)))
    await Promise.all(calls)
    expect(order).toEqual(['prepared', 'a', 'b'])
    expect(bridge.state).toBe('ready')
    bridge.close()
  })

  test('a worker that starts hears at once what is to come, and nothing of it once it is ready', async () => {
    const { bridge } = bridgeTo(['well'])
    const calls = [bridge.call('setConsent', 'granted'), bridge.call('rank', ['a'])]
    await Promise.all(calls)
    await bridge.call('rank', ['b'])
    expect(await bridge.call('profile')).toEqual([
      { sotto: 'early', config: CONFIG, method: 'setConsent' },
      { sotto: 'early', config: CONFIG, method: 'rank' },
    ])
    bridge.close()
  })

  test('closed while its worker starts, it starts no other', async () => {
    const { bridge, workers, starter } = bridgeTo(['silent'])
    const failing = new Bridge({
      starters: [starter, starter],
      config: () => CONFIG,
      prepare: () => {},
      onChange: () => {},
      deadlinesMs: IMPATIENT_MS,
    })
    const call = expect(failing.call('rank', [])).rejects.toEqual(code('closed'))
    failing.close()
    await call
    await new Promise((resolve) => setTimeout(resolve, IMPATIENT_MS.ready + 100))
    expect(workers).toHaveLength(1)
    bridge.close()
  })

  test('an error keeps its class, code and details', async () => {
    const { bridge } = bridgeTo(['well'])
    await expect(bridge.call('status')).rejects.toMatchObject({
      name: 'SottoError',
      code: 'storage-quota',
      message: 'full',
      details: { free: 0 },
    })
    bridge.close()
  })

  test('a living worker that does not answer: a reader gives up, and nothing is restarted', async () => {
    const { bridge } = bridgeTo(['well'])
    await expect(bridge.call('history', {})).rejects.toEqual(code('deadline'))
    expect(bridge.restarts).toBe(0)
    bridge.close()
  })

  test('a hung worker is restarted: the reader that hung it gives up, an append is sent again, as replayed', async () => {
    const { bridge } = bridgeTo(['well'])
    await bridge.call('rank', ['warm'])
    const hung = expect(bridge.call('explain', 'x')).rejects.toEqual(code('worker-lost'))
    // The fake echoes its arguments, so the reply shows what it got.
    expect(await bridge.call('append', [EVENT], false)).toEqual(['append', [EVENT], true])
    await hung
    expect(bridge.restarts).toBe(1)
    expect(await bridge.call('rank', ['well again'])).toEqual(['rank', ['well again']])
    bridge.close()
  })

  test('a second crash is the end: everything rejects, at once from then on', async () => {
    const { bridge, workers } = bridgeTo(['well'])
    await bridge.call('rank', ['warm'])
    workers[0]!.terminate()
    await bridge.call('append', [EVENT], false)
    workers[1]!.terminate()
    await expect(bridge.call('append', [EVENT], false)).rejects.toEqual(code('worker-lost'))
    expect(bridge.state).toBe('failed')
    await expect(bridge.call('rank', [])).rejects.toEqual(code('worker-lost'))
  })

  test('what the preparation of a killed worker still had to say is not said to the next one', async () => {
    let goOn = () => {}
    const gate = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const prepared: unknown[] = []
    const { bridge, workers } = bridgeTo(['well'], {
      prepare: async (call) => {
        await call('configure', {} as never)
        await gate
        try {
          prepared.push(await call('addItems', [prepared.length], true))
        } catch (error) {
          prepared.push((error as { code: string }).code)
        }
      },
    })
    await bridge.call('rank', ['warm'])
    workers[0]!.terminate()
    await bridge.call('append', [EVENT], false)
    goOn()
    await expect.poll(() => prepared).toEqual(['worker-lost', ['addItems', [1], true]])
    bridge.close()
  })

  test('a script that throws, one that says nothing, and one that is missing: the next way is tried, or the fault says so', async () => {
    const { starter } = bridgeTo(['well'])
    for (const bad of ['throws', 'silent']) {
      const { bridge } = bridgeTo([bad], { deadlinesMs: bad === 'silent' ? IMPATIENT_MS : DEADLINES_MS })
      await expect(bridge.call('status')).rejects.toEqual(code('worker-failed'))
      expect(bridge.state).toBe('failed')
      const { bridge: second } = bridgeTo([], {
        starters: [bridgeTo([bad]).starter, starter],
        deadlinesMs: { ...DEADLINES_MS, ready: 5_000 },
      })
      expect(await second.call('rank', ['a'])).toEqual(['rank', ['a']])
      second.close()
    }
    const { bridge } = bridgeTo([], { starters: [() => new Worker('/no-such-worker.js', { type: 'module' })] })
    await expect(bridge.call('status')).rejects.toEqual(code('worker-failed'))
    expect(bridge.fault?.message).toMatch(/worker\.js and engine\.js/)
  })

  test('a worker of a protocol that is too new is refused', async () => {
    const { bridge } = bridgeTo(['newer'])
    await expect(bridge.call('status')).rejects.toEqual(code('protocol-mismatch'))
  })

  test('close rejects what is under way and what comes later', async () => {
    const { bridge } = bridgeTo(['well'])
    await bridge.call('rank', ['warm'])
    const call = bridge.call('history', {})
    bridge.close()
    await expect(call).rejects.toEqual(code('closed'))
    await expect(bridge.call('rank', [])).rejects.toEqual(code('closed'))
  })

  test('an argument that cannot be cloned rejects, and the next call works', async () => {
    const { bridge } = bridgeTo(['well'])
    await expect(bridge.call('addItems', [() => {}], true)).rejects.toEqual(code('internal'))
    expect(await bridge.call('rank', [])).toEqual(['rank', []])
    bridge.close()
  })

  test('passes on what the worker says changed', async () => {
    const { bridge, changes } = bridgeTo(['notices'])
    await bridge.call('rank', [])
    await expect.poll(() => changes).toContain('catalog')
    bridge.close()
  })
})
