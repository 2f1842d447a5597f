import { spawnSync } from 'node:child_process'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, expect, it } from 'vitest'

const folders: string[] = []
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true })
})

/** A project with the installer and nothing installed, where npm only leaves a note that it ran. */
function makeProject() {
  const folder = mkdtempSync(join(tmpdir(), 'sotto-install-'))
  folders.push(folder)
  for (const file of ['run-quietly.mjs', 'freshness.mjs']) {
    cpSync(new URL(`../../support/${file}`, import.meta.url), join(folder, 'test/support', file))
  }
  writeFileSync(join(folder, 'package-lock.json'), '{"packages":{}}')
  mkdirSync(join(folder, 'bin'))
  writeFileSync(join(folder, 'bin/npm'), '#!/bin/sh\necho "$@" > npm-ran\n')
  chmodSync(join(folder, 'bin/npm'), 0o755)
  const install = () => {
    const script = "import('./test/support/run-quietly.mjs').then(({ install }) => install())"
    const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`
    return spawnSync(process.execPath, ['-e', script], { cwd: folder, env: { ...process.env, PATH }, encoding: 'utf8' })
  }
  return { folder, install, hasInstalled: () => existsSync(join(folder, 'npm-ran')) }
}

it('installs what is missing', () => {
  const { install, hasInstalled } = makeProject()
  expect(install().status).toBe(0)
  expect(hasInstalled()).toBe(true)
})

it('does not install into a folder that lies elsewhere, which npm would empty first', () => {
  const { folder, install, hasInstalled } = makeProject()
  mkdirSync(join(folder, 'elsewhere'))
  symlinkSync('elsewhere', join(folder, 'node_modules'))
  const { status, stderr } = install()
  expect([status, hasInstalled()]).toEqual([1, false])
  expect(stderr).toContain('node_modules is a link')
})
