import { execFileSync, spawn } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { type Browser, chromium } from 'playwright'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { DIST } from '../support/built-page'
import { serve } from '../support/built-server'
import { launchOptions } from '../support/chromium.mjs'
import { answer, databases, go, kindsOf, listed, lookAt, openPanel, recommended, wholeShop } from '../support/demo-visitor'

const ROOT = join(import.meta.dirname, '../..')
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** The code block behind a comment of the README, exactly as a reader copies it. */
function example(name: string): string {
  const [, code] = new RegExp(`<!-- example: ${name} -->\\n\`\`\`\\w+\\n([\\s\\S]*?)\`\`\``).exec(README) ?? []
  if (!code) throw new Error(`README.md has no example "${name}"`)
  return code
}

const CATALOG = ['lamp', 'notebook', 'chair'].flatMap((kind) =>
  Array.from({ length: 4 }, (_, index) => ({
    id: `${kind}-${index + 1}`,
    title: `${['Brass', 'Oak', 'Folding', 'Travel'][index]} ${kind} no. ${index + 1}`,
    categories: [kind],
    price: 10 + index,
    currency: 'EUR',
  })),
)

test('the sizes in the README are those that are measured', () => {
  const { rows } = JSON.parse(execFileSync(process.execPath, ['bench/size.mjs', '--json'], { cwd: ROOT, encoding: 'utf8' }))
  const table = README.split('<!-- sizes -->')[1]!.split('<!-- /sizes -->')[0]!
  const told = [...table.matchAll(/^\| (.+?) \| ([\d,.]+) \| ([\d,]+) \|$/gm)].map(
    ([, name, size, budget]) => [name, Number(size), Number(budget)] as const,
  )
  expect(told.map(([name, , budget]) => [name, budget])).toEqual(rows.map((row: SizeRow) => [row.name, row.budget / 1000]))
  // Two per cent: a table need not change with every line of code.
  for (const [index, [, size]] of told.entries()) expect(Math.abs(size / (rows[index].bytes / 1000) - 1)).toBeLessThan(0.02)
})

type SizeRow = { readonly name: string; readonly bytes: number; readonly budget: number }

describe('the examples of the README', () => {
  let browser: Browser
  beforeAll(async () => {
    browser = await chromium.launch(launchOptions())
  })
  afterAll(() => browser.close())

  test('are ten lines or so each', () => {
    for (const name of ['script tag', 'package', 'demo']) expect(example(name).trim().split('\n').length).toBeLessThanOrEqual(14)
  })

  test('for a site owner', async () => {
    const { origin, close } = await serve({
      roots: { '/sotto/': DIST },
      pages: {
        '/': `<!doctype html><meta charset="utf-8"><title>Shop</title>${example('script tag')}`,
        '/catalog.json': JSON.stringify(CATALOG),
      },
    })
    const page = await browser.newPage()
    await page.goto(origin)
    expect(await page.textContent('sotto-shelf')).toContain('Our bestsellers')
    // Cards stand in the element's own shadow tree, which selectors of Playwright look into.
    await page.waitForSelector('sotto-shelf li')
    expect(await page.locator('sotto-shelf li').allTextContents()).toContainEqual(expect.stringContaining('lamp no. 2'))
    await page.close()
    await close()
  })

  test('for a front-end developer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sotto-readme-'))
    cpSync(DIST, folder, { recursive: true })
    await build({
      stdin: { contents: example('package'), resolveDir: ROOT },
      alias: { sotto: join(DIST, 'index.js'), 'sotto/element': join(DIST, 'element.js') },
      bundle: true,
      format: 'esm',
      outfile: join(folder, 'shop.js'),
    })
    const { origin, close } = await serve({
      roots: { '/app/': folder },
      pages: {
        '/': '<!doctype html><title>Shop</title><script type="module" src="/app/shop.js"></script>',
        '/catalog.json': JSON.stringify(CATALOG),
      },
    })
    const page = await browser.newPage()
    const said = page.waitForEvent('console', { predicate: (message) => message.type() === 'log' })
    await page.goto(origin)
    const [ids, order, because] = await Promise.all((await said).args().map((argument) => argument.jsonValue()))
    expect(ids).toHaveLength(4)
    expect(ids).toContain('lamp-2')
    expect(ids).not.toContain('lamp-1')
    expect(order).toEqual(['lamp-2', expect.any(String), expect.any(String)])
    expect(because).toEqual([{ itemId: 'lamp-1', event: 'view_item', share: 1 }])
    await page.close()
    await close()
    rmSync(folder, { recursive: true })
  })

  test('for a stakeholder', async () => {
    expect(example('demo')).toMatch(/^npm start\n/)
    const start = spawn('npm', ['start'], { cwd: ROOT, env: { ...process.env, PORT: '4400' }, detached: true })
    try {
      const line = await new Promise<string>((resolve, reject) => {
        let said = ''
        start.stdout.on('data', (text: Buffer) => {
          said += text
          const [address] = /http:\/\/localhost:\d+\/$/m.exec(said) ?? []
          if (address) resolve(address)
        })
        start.on('exit', (code) => reject(new Error(`npm start ended with ${code}: ${said}`)))
      })
      const page = await browser.newPage()
      const requests: { url: string }[] = []
      page.context().on('request', (request) => requests.push({ url: new URL(request.url()).pathname }))
      await page.goto(line)
      await answer(page, 'granted')
      await wholeShop(page, requests)
      await go(page, '#/c/furniture/chairs')
      await lookAt(page, await listed(page, 3))
      await go(page, '#/')
      await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
      const shelf = await recommended(page, 'home')
      expect((await kindsOf(page, shelf)).filter((kind) => kind === 'Chairs').length).toBeGreaterThanOrEqual(4)
      await page.reload()
      await page.waitForSelector('.shelf--own sotto-shelf[slot-name=home]')
      await expect.poll(() => recommended(page, 'home')).toEqual(shelf)
      await openPanel(page, 'memory')
      await page.click('text=Forget everything')
      await page.waitForSelector('.proof__verdict--good')
      // The counters of the privacy budget stay, where a report was drawn by then.
      expect((await databases(page)).filter((name) => name !== 'sotto-budget:quire')).toEqual([])
      await page.close()
    } finally {
      // npm and what it started.
      process.kill(-start.pid!)
    }
  })
})
