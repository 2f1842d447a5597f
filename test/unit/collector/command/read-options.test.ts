import { describe, expect, test } from 'vitest'
import { readOptions } from '../../../../collector/command/read-options'
import { temporaryFolder } from '../../../support/temporary-folder'
import { contentOf, PLAN } from '../../../support/test-collector'

const file = temporaryFolder()

describe('readOptions', () => {
  test('without any: a folder, this machine only, no proxy believed', () => {
    expect(readOptions([], { HOST: '', PORT: '' })).toEqual({
      database: { folder: 'sotto-data' },
      port: 8080,
      host: '127.0.0.1',
      proxies: 0,
    })
  })

  test('with all of them', () => {
    const plan = file('plan.json', contentOf(PLAN))
    const token = file('token', 'a token of sixteen\n')
    const args = [
      '--plan',
      plan,
      '--database',
      'postgres://a@b/c',
      '--port',
      '0',
      '--host',
      '::',
      '--admin-token-file',
      token,
      '--relay-token-file',
      token,
    ]
    expect(
      readOptions(
        [
          ...args,
          '--trust-proxy',
          '--proxies',
          '2',
          '--origin',
          'https://a.example',
          '--origin',
          'https://b.example',
          '--reports-per-minute',
          '9',
        ],
        {},
      ),
    ).toEqual({
      plan: contentOf(PLAN),
      database: { server: 'postgres://a@b/c' },
      port: 0,
      host: '::',
      adminToken: 'a token of sixteen',
      relayToken: 'a token of sixteen',
      proxies: 2,
      origins: ['https://a.example', 'https://b.example'],
      reportsPerMinute: 9,
    })
  })

  test('from the environment, where the arguments say nothing', () => {
    const environment = { SOTTO_DATABASE: 'postgres://a@b/c', PORT: '81', HOST: '0.0.0.0', SOTTO_ADMIN_TOKEN: 'a token of sixteen' }
    expect(readOptions(['--port', '82'], environment)).toMatchObject({
      database: { server: 'postgres://a@b/c' },
      port: 82,
      host: '0.0.0.0',
      adminToken: 'a token of sixteen',
    })
  })

  test.each([
    'postgres:///name?host=/var/run/postgresql',
    'postgres://user@/name?host=/var/run/postgresql',
    'postgresql://user:secret@/name',
    'postgres://user:se@cret@[::1]:5433/name?user=a@b',
  ])('takes %s for a server', (server) => {
    expect(readOptions(['--database', server], {}).database).toEqual({ server })
  })

  test.each([
    [['--prot', '1'], '--prot'],
    [['--port', '65536'], '--port is "65536"'],
    [['--port', '-1'], '--port'],
    [['--port', 'x'], '--port is "x"'],
    [['--database', 'mysql://x'], '--database'],
    [['--database', 'postgres://x:secret@[y/z'], '--database'],
    [['--database', 'postgres://x:a@/secret@y/z'], '--database'],
    [['--database', 'postgres://x:1/secret@y/z'], '--database'],
    [['--proxies', '2'], '--proxies says how many proxies are trusted, and none is: add --trust-proxy'],
    [['--trust-proxy', '--proxies', '0'], '--proxies is "0", expected a whole number from 1 to 10'],
    [['--database', 'postgres://x', '--folder', 'y'], '--folder'],
    [['--origin', 'https://a.example/'], '--origin is "https://a.example/"'],
    [['--origin', '*'], '--origin'],
    [['stray'], 'stray'],
  ])('refuses %j by name', (args, name) => {
    expect(() => readOptions(args, {})).toThrow(expect.objectContaining({ name: 'UsageError', message: expect.stringContaining(name) }))
  })

  test('refuses a token that can be guessed, without showing it', () => {
    expect(() => readOptions([], { SOTTO_ADMIN_TOKEN: 'short' })).toThrow('5 characters, expected at least 16')
    expect(() => readOptions([], { SOTTO_RELAY_TOKEN: 'short' })).not.toThrow('short')
  })

  test('refuses a secret that could be guessed, by the name of its file, and a limit that lets nobody report', () => {
    const secret = file('secret', 'short')
    expect(() => readOptions(['--oblivious-secret-file', secret], {})).toThrow(`${secret} has 5 bytes, expected a secret of at least 32`)
    expect(() => readOptions(['--reports-per-minute', '0'], {})).toThrow('expected a whole number from 1')
  })
})
