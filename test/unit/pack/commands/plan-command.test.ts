import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../../../pack/commands/run-cli'
import { shopPlan } from '../../../../src/shared/signals/default-plan'
import { temporaryFolder } from '../../../support/temporary-folder'

const file = temporaryFolder()
const EXAMPLE = fileURLToPath(new URL('../../../../pack/signals/examples/shop-plan.json', import.meta.url))

async function sotto(...args: string[]) {
  const said: string[] = []
  const warned: string[] = []
  const code = await runCli(args, { print: (text) => said.push(text), warn: (text) => warned.push(text), now: () => 0 })
  return { code, said: said.join('\n'), warned: warned.join('\n') }
}

describe('sotto plan new', () => {
  it('prints a plan for a shop, which check takes', async () => {
    const { code, said } = await sotto('plan', 'new', '--categories', 'Boots, Hats & Gloves,')
    expect(code).toBe(0)
    expect(JSON.parse(said)).toEqual(shopPlan({ categories: ['Boots', 'Hats & Gloves'] }))
    expect((await sotto('plan', 'check', file('new.json', said), '--visitors', '9000')).code).toBe(0)
  })

  it('refuses none, and those that no plan may ask about', async () => {
    expect(await sotto('plan', 'new')).toMatchObject({ code: 2, warned: expect.stringContaining('--categories is missing') })
    expect(await sotto('plan', 'new', '--categories', ' ')).toMatchObject({ code: 1, warned: expect.stringContaining('a list of 1 to') })
    expect(await sotto('plan', 'new', '--categories', 'Boots,Hats,Boots')).toMatchObject({
      code: 2,
      warned: expect.stringContaining('--categories names "Boots" twice'),
    })
    expect(await sotto('plan', 'new', '--categories', 'Condoms')).toMatchObject({ code: 1, said: '' })
  })
})

describe('sotto plan check', () => {
  it('says how exact the example will be, with what it assumes', async () => {
    const { code, said, warned } = await sotto('plan', 'check', EXAMPLE, '--visitors', '20000')
    expect({ code, warned }).toEqual({ code: 0, warned: '' })
    expect(said).toMatch(/^2 metrics, mode local; 20,000 browsers a week, 1 week together\nassumed: 30 % come back/)
    expect(said).toMatch(/^funnel +5 +1 +25 % +1,925 +local +6\.22 +6\.75 +7\.49 +14\.58$/m)
    expect(said).toMatch(/^ +DAP, noise of two +0\.40 /m)
    const hash = createHash('sha256').update(readFileSync(EXAMPLE)).digest('hex')
    expect(said).toContain(`planHash, to pin this very file: ${hash}`)
  })

  it('takes what a site knows of itself, and writes the figures too', async () => {
    const path = file('check.json')
    const told = ['--returning', '0.5', '--new', '0', '--visits', '3', '--epochs', '4', '--from', '0.1', '--to', '0.2', '--json', path]
    expect((await sotto('plan', 'check', EXAMPLE, '--visitors', '1000', ...told)).code).toBe(0)
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({
      audience: { visitors: 1000, returning: 0.5, fresh: 0, visits: 3, epochs: 4 },
      mode: 'local',
      metrics: [
        { name: 'funnel', reports: 500, coverage: 0.25, buckets: 5, epsilon: 1 },
        { name: 'interest', reports: 500 },
      ],
      experiment: { from: 0.1, to: 0.2 },
    })
  })

  it.each<[string, string[], number, RegExp]>([
    ['no action', [], 2, /an action is missing, expected new or check/],
    ['another action', ['make', EXAMPLE], 2, /there is no "make", expected new or check/],
    ['no plan', ['check', '--visitors', '1'], 2, /PLAN\.json is missing/],
    ['no visitors', ['check', EXAMPLE], 2, /--visitors is missing/],
    ['visitors that are no number', ['check', EXAMPLE, '--visitors', 'many'], 2, /--visitors is "many", expected a number from 1/],
    ['half a week', ['check', EXAMPLE, '--visitors', '9', '--epochs', '1.5'], 2, /--epochs is "1.5", expected a whole number/],
    ['a share above all', ['check', EXAMPLE, '--visitors', '9', '--returning', '2'], 2, /--returning is "2"/],
    ['no change', ['check', EXAMPLE, '--visitors', '9', '--from', '0.1', '--to', '0.1'], 2, /are the same/],
    ['an unknown option', ['check', EXAMPLE, '--epsilon', '2'], 2, /--epsilon/],
    [
      'no file',
      ['check', 'nowhere.json', '--visitors', '9'],
      1,
      /^sotto plan: nowhere\.json cannot be read: it is not there \(ENOENT\); expected a signal plan, as sotto plan new/,
    ],
    ['a folder', ['check', '.', '--visitors', '9'], 1, /\. cannot be read: it is a folder, not a file \(EISDIR\)/],
  ])('refuses %s', async (_, args, code, words) => {
    const answer = await sotto('plan', ...args)
    expect(answer).toMatchObject({ code, said: '' })
    expect(answer.warned).toMatch(words)
  })

  it('says where figures cannot be written, as JSON for programs, and nothing else', async () => {
    const { code, said, warned } = await sotto('plan', 'check', EXAMPLE, '--visitors', '9000', '--json', '/no/such/figures.json')
    expect({ code, warned }).toEqual({ code: 1, warned: '' })
    expect(JSON.parse(said)).toEqual({
      code: 'invalid-argument',
      message:
        '--json /no/such/figures.json cannot be written: it is not there (ENOENT); expected a file in a folder that can be written to',
      details: {},
    })
  })

  it('refuses what devices would refuse, and names the file and the place', async () => {
    const health = file(
      'health.json',
      JSON.stringify({ sottoPlan: 1, purpose: 'p', metrics: [{ name: 'a', counts: 'interest', categories: ['Pregnancy tests'] }] }),
    )
    const refused = await sotto('plan', 'check', health, '--visitors', '9')
    expect(refused.code).toBe(1)
    expect(refused.warned).toMatch(/health\.json: signal plan: metrics\[0\]\.categories\[0\] must be/)
    const other = await sotto('plan', 'check', file('other.json', '[]'), '--visitors', '9')
    expect(other.warned).toMatch(
      /other\.json: signal plan: sottoPlan must be 1; got undefined; is it a signal plan\? sotto plan new prints one$/,
    )
    const broken = await sotto('plan', 'check', file('broken.json', '{'), '--visitors', '9')
    expect(broken.code).toBe(1)
    expect(broken.warned).toMatch(/broken\.json is not JSON/)
  })
})
