import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
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
    steady: Date.now,
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
    const { code, warned, printed } = await run('--database', 'postgres://somebody:secret@127.0.0.1:1/none')
    expect([code, printed]).toEqual([
      1,
      `starting sotto-collector ${VERSION}; it keeps its data in the PostgreSQL server at 127.0.0.1:1, database none`,
    ])
    expect(warned).toBe(
      'sotto-collector: the PostgreSQL server at 127.0.0.1:1, database none cannot be used: nobody answers there (ECONNREFUSED); see --database, or SOTTO_DATABASE',
    )
    const socket = file('no-socket')
    expect(await run('--database', `postgres://somebody:secret@/none?host=${socket}`)).toMatchObject({
      code: 1,
      warned: `sotto-collector: the PostgreSQL server at ${socket}, database none cannot be used: it is not there (ENOENT); see --database, or SOTTO_DATABASE`,
    })
  })

  test.each([
    ['a plan that is no JSON', ['--plan', file('broken.json', '{')], 'it is not JSON in UTF-8'],
    [
      'a plan of no metrics',
      ['--plan', file('none.json', '{"sottoPlan":1,"purpose":"x","metrics":[]}')],
      'none.json: signal plan: metrics must be',
    ],
    ['a plan that is not there', ['--plan', file('nowhere')], 'nowhere cannot be read: it is not there (ENOENT); expected a signal plan'],
    ['a token that is not there', ['--admin-token-file', file('nowhere')], '--admin-token-file: the file'],
    ['no plan at all', [], 'start the collector with --plan plan.json'],
  ])('%s: it says so before it makes or starts anything', async (_what, args, message) => {
    const folder = file('untouched')
    expect(await run(...args, '--folder', folder, '--port', '0')).toEqual({
      code: 1,
      printed: '',
      warned: expect.stringContaining(message),
    })
    expect(existsSync(folder)).toBe(false)
  })

  test('a folder that cannot be one names itself, with the reason and what was expected', async () => {
    const plan = file('plan.json', contentOf(PLAN))
    const taken = file('a-file', '')
    for (const [folder, reason] of [
      [taken, 'there is a file of that name (EEXIST)'],
      [join(taken, 'in-it'), 'a part of the path is a file, not a folder (ENOTDIR)'],
    ] as const) {
      expect(await run('--plan', plan, '--folder', folder, '--port', '0')).toMatchObject({
        code: 1,
        printed: `starting sotto-collector ${VERSION}; it keeps its data in the folder ${folder}`,
        warned: expect.stringContaining(`the folder ${folder} cannot be used: ${reason}; expected one that this user may write to`),
      })
    }
  })

  test('a database that cannot be opened, with the reason that PostgreSQL or its file system gives, and a port that is taken, name themselves', async () => {
    const plan = file('plan.json', contentOf(PLAN))
    const damaged = file('damaged-data')
    mkdirSync(join(damaged, 'database'), { recursive: true })
    writeFileSync(join(damaged, 'database/PG_VERSION'), 'none')
    const replaced = file('replaced-data')
    mkdirSync(replaced)
    writeFileSync(join(replaced, 'database'), '')
    for (const [folder, reason] of [
      [damaged, 'postgresql.conf": No such file or directory'],
      [replaced, 'a part of the path is a file, not a folder (ENOTDIR)'],
    ] as const) {
      const { code, warned } = await run('--plan', plan, '--folder', folder, '--port', '0')
      expect(code).toBe(1)
      expect(warned).toContain(`the database in ${join(folder, 'database')} cannot be opened: `)
      expect(warned).toContain(`${reason}; see that the disk has room`)
      expect(warned).toMatch(/only where all of that is so is it damaged: .* put a copy of it back/)
    }
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo // a server that listens on a port has one
    try {
      expect(await run('--plan', plan, '--folder', file('data-of-two'), '--port', String(port))).toMatchObject({
        code: 1,
        warned: `sotto-collector: port ${port} of 127.0.0.1 cannot be listened on: another program listens there (EADDRINUSE); choose others with --port and --host`,
      })
    } finally {
      other.close()
    }
  }, 120_000)

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

  test('a clock that leaps ahead by weeks is not believed at once, and it says so', async () => {
    const plan = file('plan.json', contentOf(PLAN))
    const [printed, warned]: [string[], string[]] = [[], []]
    let [isLate, end] = [false, () => {}]
    const ended = runCollector(['--plan', plan, '--folder', file('leaping'), '--port', '0'], {
      print: (text) => printed.push(text),
      warn: (text) => warned.push(text),
      environment: {},
      now: () => Date.now() + (isLate ? 30 * 86_400_000 : 0),
      steady: Date.now,
      dashboard: file('no-dashboard'),
      onEnd: (stop) => {
        end = stop
      },
    })
    await vi.waitFor(() => expect(printed.at(-1)).toMatch(/^listening on/), 60_000)
    const [address] = /http:\/\/\S+(?=;)/.exec(printed.at(-1)!)!
    isLate = true
    expect((await fetch(`${address}/ready`)).status).toBe(200)
    end()
    expect(await ended).toBe(0)
    expect(warned).toEqual([expect.stringMatching(/^the clock of this machine leapt ahead by (719|720) h\./)])
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
      print: (text) => {
        const [, address] = /^listening on (\S+);/.exec(text) ?? []
        if (address !== undefined) start(address)
      },
      warn: (text) => warned.push(text),
      environment: { SOTTO_ADMIN_TOKEN: ADMIN },
      now: Date.now,
      steady: Date.now,
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
})
