import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readOptions } from '../../../collector/command/read-options'
import { GATEWAY_PATH } from '../../../collector/oblivious/gateway-routes'
import { REPORTS_PATH } from '../../../collector/server/report-routes'
import { temporaryFolder } from '../../support/temporary-folder'
import { contentOf, PLAN } from '../../support/test-collector'

const file = temporaryFolder()
const ROOT = join(import.meta.dirname, '../../..')
const read = (file: string) => readFileSync(join(ROOT, 'collector', file), 'utf8')

const CONTAINERFILE = read('Containerfile')
const COMPOSE = read('compose.yaml')
const CADDYFILE = read('Caddyfile')

/** The same arguments with a plan that is there. */
function withPlan(args: readonly string[]): readonly string[] {
  const plan = file('plan.json', contentOf(PLAN))
  return args.map((argument) => (argument === '/etc/sotto/plan.json' ? plan : argument))
}

/** One service of the compose file, as its lines. */
function service(name: string): string {
  const found = new RegExp(`^  ${name}:\\n((?:    .*\\n|\\n)+)`, 'm').exec(COMPOSE)
  if (!found) throw new Error(`compose.yaml has no service ${name}`)
  return found[1]!
}

describe('the container', () => {
  const copied = [...CONTAINERFILE.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources]) => sources!.split(' '))

  test('copies what there is, and its builder is sent all of it', () => {
    expect(copied.length).toBeGreaterThan(6)
    expect(copied.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
    const sent = [...read('Containerfile.dockerignore').matchAll(/^!(.+)$/gm)].map(([, path]) => path!)
    expect(copied.filter((path) => !sent.some((allowed) => path === allowed || path.startsWith(`${allowed}/`)))).toEqual([])
  })

  test('runs build steps that there are', () => {
    const steps = [...CONTAINERFILE.matchAll(/node (collector\/\S+\.mjs)/g)].map(([, path]) => path!)
    expect(steps).toHaveLength(2)
    expect(steps.filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })

  test('is no superuser, and keeps the embedded database in its volume', () => {
    expect(CONTAINERFILE).toMatch(/^USER node$/m)
    const args: string[] = JSON.parse(/^CMD (\[.+\])$/m.exec(CONTAINERFILE)![1]!)
    const environment = Object.fromEntries([...CONTAINERFILE.matchAll(/\b(HOST|PORT)=(\S+)/g)].map(([, name, value]) => [name!, value!]))
    expect(readOptions(withPlan(args), environment)).toMatchObject({ database: { folder: '/data' }, host: '0.0.0.0', port: 8080 })
    expect(CONTAINERFILE).toContain('VOLUME /data')
  })
})

describe('the compose file', () => {
  test('starts the collector with options that it has, on the database beside it', () => {
    const [, list] = /command: \[(.+)\]/.exec(service('collector'))!
    const [, address] = /SOTTO_DATABASE: (\S+)/.exec(service('collector'))!
    const options = readOptions(withPlan(list!.split(', ')), { SOTTO_DATABASE: address! })
    expect(options).toMatchObject({ database: { server: 'postgres://sotto@database/sotto' }, proxies: 1 })
    for (const setting of ['POSTGRES_USER: sotto', 'POSTGRES_DB: sotto', 'image: postgres:17'])
      expect(service('database')).toContain(setting)
  })

  test('passes on variables that the collector reads', () => {
    const command = read('command/read-options.ts')
    const names = [...service('collector').matchAll(/^ {6}(SOTTO_\w+):/gm)].map(([, name]) => name!)
    expect(names).toEqual(['SOTTO_DATABASE', 'SOTTO_ADMIN_TOKEN', 'SOTTO_RELAY_TOKEN'])
    for (const name of names) expect(command).toContain(name)
  })

  test('mounts files that there are, and needs nothing secret in itself', () => {
    expect(service('proxy')).toContain('./Caddyfile:/etc/caddy/Caddyfile:ro')
    expect(service('collector')).toContain('dockerfile: collector/Containerfile')
    expect(COMPOSE).not.toMatch(/PASSWORD: (?!\$\{PGPASSWORD:\?)/)
  })

  test('lets only the proxy be reached from outside', () => {
    expect(COMPOSE.match(/^ {4}ports:/gm)).toHaveLength(1)
    expect(service('proxy')).toContain('ports:')
    for (const name of ['collector', 'database']) expect(service(name)).toContain('networks: [inside]')
  })
})

describe('the proxy', () => {
  const passed = /@public path (.+)$/m.exec(CADDYFILE)![1]!.split(' ')

  test('passes on what browsers ask for, and nothing of the administration', () => {
    const served = readFileSync(join(ROOT, 'collector/server/public-routes.ts'), 'utf8')
    const page = read('dashboard/index.html')
    expect(passed.toSorted()).toEqual(
      ['/', '/index.html', '/dashboard.css', '/dashboard.js', '/v1/estimates', '/v1/plan.json', REPORTS_PATH, GATEWAY_PATH].toSorted(),
    )
    for (const path of ['/v1/plan.json', '/v1/estimates']) expect(served).toContain(`'${path}'`)
    for (const file of ['dashboard.css', 'dashboard.js']) expect(page).toContain(`"${file}"`)
  })

  test('keeps no access log, no address and no header', () => {
    expect(CADDYFILE).toMatch(/log default \{[^}]*format filter \{[^}]*request delete/)
    // A site block with a log of its own would be an access log.
    expect(CADDYFILE.slice(CADDYFILE.indexOf('{$SOTTO_HOST}'))).not.toMatch(/\blog\b/)
    for (const header of ['User-Agent', 'Referer', 'Cookie']) expect(CADDYFILE).toContain(`header_up -${header}`)
  })
})
