import { dirname } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { AUDIT_USAGE } from '../../../../pack/audit/run-audit'
import { runCli } from '../../../../pack/commands/run-cli'
import { seededRandom } from '../../../../worker/compute/tensors/seeded-random'
import { temporaryFolder } from '../../../support/temporary-folder'

const path = temporaryFolder()
const random = seededRandom(8)
const lines = Array.from(
  { length: 80 },
  (_, user) => `u${user} ${Array.from({ length: 6 }, () => `i${Math.floor(random() * 30)}`).join(' ')}`,
)
const folder = dirname(path('sequences.txt.gz', gzipSync(`${lines.join('\n')}\n`)))

async function run(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []]
  const code = await runCli(['audit', ...argv], { print: (text) => out.push(text), warn: (text) => err.push(text), now: Date.now })
  return { code, out: out.join('\n'), err: err.join('\n') }
}

describe('the command audit', () => {
  test('one line for each model and support, then what it comes to', async () => {
    const { code, out } = await run('--data', folder, '--models', 'popularity,transitions', '--supports', '1,2', '--sample', '30')
    expect(code).toBe(0)
    const told = out.split('\n')
    expect(told).toHaveLength(6)
    expect(told[0]).toMatch(
      /^popularity, support 1: advantage -?[\d.]+ \[-?[\d.]+, [\d.]+\], AUC [\d.]+ \[[\d.]+, [\d.]+\] \(30 members, 30 others\), \d+ s$/,
    )
    expect(told[2]).toBe('popularity: does not pass: support 5 was not tried; support 1 was not tried beside it')
    expect(told[4]).toMatch(/^transitions, support 2: /)
  })

  test('supports 1, 3 and 5 if nothing else is said', async () => {
    const { out } = await run('--data', folder, '--models', 'popularity', '--sample', '30')
    expect(out.match(/support \d(?=: adv)/g)).toEqual(['support 1', 'support 3', 'support 5'])
    expect(out).toMatch(/^popularity: (passes|does not pass): .*support 5; the advantage/m)
  })

  test('a model that cannot learn from half of it is named; the rest is told', async () => {
    const { code, out, err } = await run('--data', folder, '--models', 'gru,popularity', '--supports', '50')
    expect(code).toBe(1)
    expect(err).toBe('gru, support 50: gru: half of the visitors are too few to learn from')
    expect(out).toMatch(/^popularity/)
  })

  test.each([
    [['--data'], /data/],
    [[], /--data DIR is missing/],
    [['--data', '.', '--models', 'no-such'], /--models has "no-such", expected some of popularity/],
    [['--data', '.', '--supports', '0'], /--supports is 0/],
    [['--data', '.', '--protocol', 'none'], /--protocol is none/],
    [['--data', '/no/such/folder'], /no\/such\/folder/],
  ])('wrong arguments, %j, are told', async (argv, message) => {
    const { code, err } = await run(...argv)
    expect(code).toBe(2)
    expect(err).toMatch(message)
    expect(err).toMatch(/\nsotto audit --help tells more$/)
  })

  test('help', async () => {
    expect(await run('--help')).toEqual({ code: 0, out: AUDIT_USAGE, err: '' })
  })
})
