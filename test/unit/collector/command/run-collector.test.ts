import { describe, expect, test } from 'vitest'
import { runCollector } from '../../../../collector/command/run-collector'
import { VERSION } from '../../../../src/shared/version'
import { startCollector } from '../../../support/collector-process'
import { temporaryFolder } from '../../../support/temporary-folder'
import { contentOf, PLAN } from '../../../support/test-collector'

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

  test('without any plan it says that it needs one', async () => {
    expect(await run('--folder', file('empty'), '--port', '0')).toMatchObject({
      code: 1,
      warned: expect.stringContaining('--plan plan.json'),
    })
  }, 120_000)
})
