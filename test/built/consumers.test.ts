import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build as esbuild } from 'esbuild'
import type { Browser } from 'playwright'
import { build as viteBuild } from 'vite'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countKind, ITEMS } from '../support/built-items'
import { call, DIST, launch, view } from '../support/built-page'
import { serve } from '../support/built-server'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))

let folder: string
let browser: Browser

/** A folder of its own, far from this project, with the package in `node_modules` just as it is published. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sotto-consumers-'))
  const packing = ['pack', '--json', '--offline', '--ignore-scripts', '--pack-destination', folder]
  const [{ filename }] = JSON.parse(execFileSync('npm', packing, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }))
  mkdirSync(join(folder, 'node_modules/sotto'), { recursive: true })
  execFileSync('tar', ['-xzf', join(folder, filename), '--strip-components=1', '-C', join(folder, 'node_modules/sotto')])
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }')
  cpSync(join(ROOT, 'test/consumers'), folder, { recursive: true })
  browser = await launch()
})
afterAll(async () => {
  await browser.close()
  rmSync(folder, { recursive: true })
})

const packaged = (path: string) => join(folder, 'node_modules/sotto', path)

/** Serves what a consumer built, under a sub-path, and plays a visitor in it. */
async function expectItRuns(site: string) {
  const server = await serve({ roots: { '/shop/': site }, pages: { '/shop/catalog.json': JSON.stringify(ITEMS) } })
  const page = await (await browser.newContext()).newPage()
  const errors: string[] = []
  page.on('pageerror', ({ message }) => errors.push(message))
  await page.goto(`${server.origin}/shop/`)
  await page.waitForFunction(() => 'sotto' in window)
  for (const id of ['phones-0', 'phones-1']) await view(page, id)
  const { items } = await call(page, 'recommend', { strategy: 'for-you', limit: 3 })
  expect(
    countKind(
      items.map(({ id }) => id),
      'Phones',
    ),
  ).toBeGreaterThanOrEqual(2)
  expect(await call(page, 'status')).toMatchObject({ worker: { state: 'ready' }, storage: { kind: 'indexeddb' }, encoder: 'loaded' })
  await page.waitForSelector('sotto-shelf >> li')
  expect(errors).toEqual([])
  expect(server.requests.filter(({ url }) => !url.startsWith('/shop/'))).toEqual([])
  const workerUrl = page.workers()[0]!.url()
  await page.context().close()
  await server.close()
  return { workerUrl, paths: server.requests.map(({ url }) => url) }
}

describe('the package', () => {
  test('holds what it needs and nothing else', () => {
    const files = readdirSync(packaged('.')).sort()
    expect(files).toEqual(expect.arrayContaining(['README.md', 'dist', 'package.json']))
    expect(files.filter((name) => !/^(LICENSE|README\.md|dist|package\.json)$/.test(name))).toEqual([])
    const { dependencies, exports } = JSON.parse(readFileSync(packaged('package.json'), 'utf8'))
    expect(dependencies).toBeUndefined()
    const targets = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [target] : Object.values(target as object)))
    expect(targets.filter((path) => !existsSync(packaged(path)))).toEqual([])
  })

  test('names its worker in the one way that bundlers look for', () => {
    // In one expression, with a literal: whatever the quotes, they look for just this.
    expect(
      readFileSync(join(DIST, 'index.js'), 'utf8').match(/new Worker\(new URL\((["'`])\.\/worker\.js\1, ?import\.meta\.url\)/),
    ).not.toBeNull()
  })

  test('can be imported where there is no DOM', () => {
    const output = execFileSync(process.execPath, ['server/render.mjs'], { cwd: folder, encoding: 'utf8' })
    const { version } = JSON.parse(readFileSync(packaged('package.json'), 'utf8'))
    expect(JSON.parse(output)).toEqual({ version, create: 'function', error: 'closed' })
  })

  test.each(['bundler', 'nodenext'])('has types for moduleResolution %s', (resolution) => {
    const check = () =>
      execFileSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', `types/tsconfig.${resolution}.json`], {
        cwd: folder,
        encoding: 'utf8',
      })
    // What the compiler prints comes with the error, so that a failure says where.
    const outcome = (() => {
      try {
        return check()
      } catch (error) {
        return (error as { stdout: string }).stdout
      }
    })()
    expect(outcome).toBe('')
  })
})

describe('a project built with Vite', () => {
  test('runs it, with the worker as a file of its own', async () => {
    const site = join(folder, 'vite/dist')
    await viteBuild({
      root: join(folder, 'vite'),
      base: './',
      configFile: false,
      logLevel: 'error',
      build: { target: 'es2022' },
      // Vite's default, `iife`, works too, but puts what the worker loads lazily into it: tfjs, for every visitor.
      worker: { format: 'es' },
    })
    const { workerUrl, paths } = await expectItRuns(site)
    expect(workerUrl).toMatch(/\/shop\/assets\/worker-[\w-]+\.js$/)
    expect(readdirSync(join(site, 'assets')).some((name) => /^webgpu-index-.*\.js$/.test(name))).toBe(true)
    // The text encoder is a file too, not 1.3 MB of text in the worker.
    expect(paths.some((path) => /^\/shop\/assets\/model\.safetensors-[\w-]+\.gz$/.test(path))).toBe(true)
  })
})

describe('a project built with esbuild', () => {
  const bundle = (outdir: string, define?: Record<string, string>) =>
    esbuild({
      absWorkingDir: folder,
      entryPoints: ['esbuild/main.ts'],
      outdir,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      logLevel: 'error',
      ...(define && { define }),
    })

  test('runs it, with the worker and its files copied beside the bundle', async () => {
    const site = join(folder, 'esbuild/dist')
    await bundle(site)
    cpSync(join(folder, 'esbuild/index.html'), join(site, 'index.html'))
    for (const part of ['worker.js', 'engine.js', 'chunks', 'text-encoder'])
      cpSync(packaged(`dist/${part}`), join(site, part), { recursive: true })
    const { workerUrl } = await expectItRuns(site)
    expect(workerUrl).toMatch(/\/shop\/worker\.js$/)
  })

  test('or with them anywhere else, named by workerSrc', async () => {
    const site = join(folder, 'esbuild/elsewhere')
    await bundle(site, { 'import.meta.env.WORKER_SRC': '"vendor/sotto/worker.js"' })
    cpSync(join(folder, 'esbuild/index.html'), join(site, 'index.html'))
    cpSync(packaged('dist'), join(site, 'vendor/sotto'), { recursive: true })
    const { workerUrl } = await expectItRuns(site)
    expect(workerUrl).toMatch(/\/shop\/vendor\/sotto\/worker\.js$/)
  })
})
