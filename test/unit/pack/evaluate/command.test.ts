import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { runCli } from '../../../../pack/commands/run-cli'
import { temporaryFolder } from './temporary-folder'

const run = (...argv: string[]) => runWatched(() => undefined, ...argv)
const runWatched = async (onProgress: () => void, ...argv: string[]) => {
  const said: string[] = []
  const wrong: string[] = []
  const doing: string[] = []
  // Of a terminal this is all that a measurement uses.
  const write = (text: string) => {
    doing.push(text)
    onProgress()
  }
  const terminal = { isTTY: true, columns: 200, write } as unknown as NodeJS.WriteStream
  const io = { print: (text: string) => said.push(text), warn: (text: string) => wrong.push(text), now: Date.now, terminal }
  return { code: await runCli(['evaluate', ...argv], io), out: said.join('\n'), err: wrong.join('\n'), doing }
}
const beauty = () =>
  temporaryFolder({
    'sequences.txt': Array.from({ length: 20 }, (_, user) => `u${user} ${user % 4} ${4 + (user % 3)} 8 ${9 + (user % 2)}`).join('\n'),
  })

describe('evaluate', () => {
  test('a table for people, figures for programs, progress apart', async () => {
    const folder = beauty()
    const json = join(folder, 'found.json')
    const { code, out, err, doing } = await run(
      ...['--data', folder, '--protocol', 'leave-one-out', '--models', 'popularity', '--support', '1', '--retrain', '--json', json],
    )
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(out).toContain('leave-one-out: 20 cases, all of 10 items ranked, ties against the target, support 1, seed 1')
    for (const column of ['HR@10', 'NDCG@20', 'MRR@5', 'F1@10', 'AUC', 'coverage@20', 'popularity bias@20', 'ms a user', 'KB by gzip']) {
      expect(out).toContain(column)
    }
    expect(out).toMatch(/^popularity, retrained/m)
    expect(doing.length).toBeGreaterThan(0)
    const found = JSON.parse(readFileSync(json, 'utf8'))
    expect(found.models[0].quality.at['10'].hr.mean).toBeGreaterThan(0)
    expect(found.models[0].retrained.cases).toBe(20)
  })

  test('a sample is the same each time', async () => {
    const folder = beauty()
    const told = async () => (await run('--data', folder, '--protocol', 'leave-one-out', '--models', 'popularity', '--sample', '7')).out
    const [first] = (await told()).split('ms a user')
    expect(first).toContain('7 of 20 cases')
    expect((await told()).split('ms a user')[0]).toBe(first)
  })

  test('items with words are encoded for the model of vectors', async () => {
    const items = ['red lamp', 'crimson lantern', 'garden hose', 'blue kettle'].map((title, id) => JSON.stringify({ id, title }))
    const folder = temporaryFolder({ 'sequences.txt': 'u1 3 0 1\n', 'items.jsonl': items.join('\n') })
    const json = join(folder, 'found.json')
    const args = ['--protocol', 'leave-one-out', '--models', 'embedding', '--json', json]
    const { err, code } = await run('--data', folder, ...args)
    expect(err).toBe('')
    expect(code).toBe(0)
    expect(JSON.parse(readFileSync(json, 'utf8')).models[0].quality.at['5'].mrr.mean).toBe(1)
  })

  test('what was left out of the data is told', async () => {
    const folder = temporaryFolder({ 'sequences.txt': 'u1\nu2 1 2 3\n' })
    const { code, err } = await run('--data', folder, '--protocol', 'leave-one-out', '--models', 'popularity')
    expect(err).toBe('left out: 1 row: user without items')
    expect(code).toBe(0)
  })

  test.each([
    [[], /--data DIR is missing/],
    [['--data', '.'], /--protocol is missing, expected leave-one-out, sessions, next-basket/],
    [['--data', '.', '--protocol', 'guess'], /--protocol is guess, expected leave-one-out/],
    [['--data', '.', '--protocol', 'sessions', '--sample', '0'], /--sample is "0", expected a whole number of at least 1/],
    [['--data', '.', '--protocol', 'sessions', '--sample', '1e3'], /--sample is "1e3"/],
    [['--data', '.', '--protocol', 'sessions', '--support', 'five'], /--support is "five"/],
    [['--data', '.', '--protocol', 'sessions', '--modles', 'all'], /--modles/],
    [['--data', '.', '--protocol', 'sessions', 'more'], /more/],
    [['--data', '/no/such', '--protocol', 'sessions'], /^sotto evaluate: --data \/no\/such cannot be read: there is no such folder\n/],
    [['--data', 'package.json', '--protocol', 'sessions'], /package\.json cannot be read: it is a file, not a folder/],
    [['--data', '.', '--protocol', 'sessions', '--models', 'x'], /--models names "x"/],
  ])('wrong: %j', async (argv, message) => {
    const { code, err, out } = await run(...argv)
    expect(err).toMatch(message)
    expect(err).toMatch(/^.*\nsotto evaluate --help tells more$/)
    expect(out).toBe('')
    expect(code).toBe(2)
  })

  test('wrong, for programs: one object', async () => {
    const { code, err, out } = await run('--data', '.', '--protocol', 'sessions', '--json', '/no/such/file.json')
    expect({ code, err }).toEqual({ code: 2, err: '' })
    expect(JSON.parse(out)).toEqual({
      code: 'invalid-argument',
      message: '--json /no/such/file.json cannot be written: its folder: it is not there (ENOENT)',
      details: {},
    })
  })

  test('a file that cannot be written is told before anything is measured', async () => {
    const folder = beauty()
    const { code, out, err, doing } = await run('--data', folder, '--protocol', 'leave-one-out', '--models', 'popularity', '--json', folder)
    expect({ code, err, doing: doing.filter((text) => text.includes('reads')) }).toEqual({ code: 2, err: '', doing: [] })
    expect(JSON.parse(out).message).toBe(`--json ${folder} cannot be written: it is a folder, not a file (EISDIR)`)
  })

  test('until there is something to write, no file is made or changed', async () => {
    const folder = temporaryFolder({ 'before.json': '{}' })
    for (const name of ['before.json', 'new.json']) {
      expect((await run('--data', '/no/such', '--protocol', 'sessions', '--json', join(folder, name))).code).toBe(2)
    }
    expect(readFileSync(join(folder, 'before.json'), 'utf8')).toBe('{}')
    expect(existsSync(join(folder, 'new.json'))).toBe(false)
  })

  test('figures that cannot be written after all are said', async () => {
    const folder = beauty()
    const json = join(folder, 'found.json')
    const measured = ['--data', folder, '--protocol', 'leave-one-out', '--models', 'popularity', '--json', json]
    // A folder is in the way only once the data are being read: the file could be written before.
    const { code, out, err } = await runWatched(() => mkdirSync(json, { recursive: true }), ...measured)
    expect(err).toContain('leave-one-out: 20 cases')
    expect(err).toMatch(/^popularity/m)
    expect(code).toBe(1)
    expect(JSON.parse(out).message).toBe(`${json}: it is a folder, not a file (EISDIR)`)
  })

  test('how it is called', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    expect(out).toContain('--protocol leave-one-out|sessions|next-basket')
    for (const told of ['*sequences*.txt', '*test*prefix*.txt', 'InvoiceNo', 'behind ± is the standard error']) expect(out).toContain(told)
    expect(out).toContain('by NDCG@10; settings of single models by MRR@20 under sessions')
  })
})
