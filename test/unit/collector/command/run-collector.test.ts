import { open } from 'node:fs/promises'
import { describe, expect, test, vi } from 'vitest'
import { runCollector } from '../../../../collector/command/run-collector'
import { epochOf } from '../../../../src/shared/signals/epoch'
import { VERSION } from '../../../../src/shared/version'
import { startCollector } from '../../../support/collector-process'
import { temporaryFolder } from '../../../support/temporary-folder'
import { ADMIN, contentOf, PLAN } from '../../../support/test-collector'

const file = temporaryFolder()

async function run(...args: string[]) {
  const [printed, warned]: [string[], string[]] = [[], []]
  const code = await runCollector(args, {
    print: (text) => printed.push(text),
    warn: (text) => warned.push(text),
    environment: {},
    now: Date.now,
    dashboard: file('no-dashboard'),
    onEnd: (end) => end(),
  })
  return { code, printed: printed.join('\n'), warned: warned.join('\n') }
}

describe('sotto-collector', () => {
  test('tells how it is called, and which version it is', async () => {
    expect((await run('--help')).printed).toContain('--plan FILE')
    expect(await run('--version')).toMatchObject({ code: 0, printed: VERSION })
    expect((await run('dap', '--help')).printed).toContain('sotto-collector dap tasks')
  })

  test('called wrongly it says so, code 2; what it cannot do, code 1', async () => {
    expect(await run('--prot', '1')).toMatchObject({ code: 2, warned: expect.stringContaining('--prot') })
    expect(await run('--plan', file('nowhere'))).toMatchObject({ code: 1, warned: expect.stringContaining('ENOENT') })
    expect(await run('--database', 'postgres://127.0.0.1:1/none')).toMatchObject({
      code: 1,
      warned: expect.stringContaining('ECONNREFUSED'),
    })
  })

  test('serves from a folder, finishes when it is asked to end, goes on from there, and shares the folder with nobody', async () => {
    const folder = file('data')
    const plan = file('plan.json', contentOf(PLAN))
    const started = await startCollector(['--plan', plan, '--folder', folder])
    expect(await (await fetch(`http://127.0.0.1:${started.port}/v1/plan.json`)).json()).toEqual(PLAN)
    expect(await run('--folder', folder, '--port', '0')).toMatchObject({
      code: 1,
      warned: expect.stringContaining('another collector uses the folder'),
    })
    expect(await started.end()).toBe(0)
    const damaged = file('damaged.json', '{"sottoPlan":1}')
    expect(await run('--folder', folder, '--port', '0', '--plan', damaged)).toMatchObject({
      code: 1,
      warned: expect.stringContaining('signal plan'),
    })
    // Without a file: the plan that the folder holds.
    const again = await run('--folder', folder, '--port', '0')
    expect(again.warned).toBe('')
    expect(again).toMatchObject({
      code: 0,
      printed: expect.stringMatching(/listening on http:\/\/127\.0\.0\.1:\d+; plan [0-9a-f]{64}; database embedded/),
    })
  }, 120_000)

  test('a disk that fails to keep what was written ends it, code 1, and it says why', async () => {
    const plan = file('kept.json', contentOf(PLAN))
    const handle = await open(plan)
    await handle.close()
    const warned: string[] = []
    let start: (address: string) => void
    const listening = new Promise<string>((resolve) => {
      start = resolve
    })
    const ended = runCollector(['--plan', plan, '--folder', file('failing'), '--port', '0'], {
      print: (text) => start(/listening on (\S+);/.exec(text)?.[1] ?? ''),
      warn: (text) => warned.push(text),
      environment: { SOTTO_ADMIN_TOKEN: ADMIN },
      now: Date.now,
      dashboard: file('no-dashboard'),
      onEnd: () => {},
    })
    const address = await listening
    const failing = vi.spyOn(Object.getPrototypeOf(handle), 'datasync').mockRejectedValue(new Error('of tests'))
    try {
      const epoch = `${address}/v1/admin/epochs/${epochOf(Date.now())}`
      const { status } = await fetch(epoch, { method: 'DELETE', headers: { authorization: `Bearer ${ADMIN}` } })
      expect(status).toBe(500)
      expect(await ended).toBe(1)
      expect(warned).toEqual([expect.stringContaining('the disk failed to keep what was written')])
    } finally {
      failing.mockRestore()
    }
  }, 120_000)

  test('without any plan it says that it needs one', async () => {
    expect(await run('--folder', file('empty'), '--port', '0')).toMatchObject({
      code: 1,
      warned: expect.stringContaining('--plan plan.json'),
    })
  }, 120_000)
})
