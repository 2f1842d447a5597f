// A step of `npm run build`: the dashboard into `collector/dist/dashboard/`, one page, one script, one style sheet.
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../../', import.meta.url))
const source = `${root}collector/dashboard/`
const folder = `${root}collector/dist/dashboard/`

rmSync(folder, { recursive: true, force: true })
const { metafile } = await build({
  entryPoints: [
    { in: `${source}index.ts`, out: 'dashboard' },
    { in: `${source}styles/index.css`, out: 'dashboard' },
  ],
  outdir: folder,
  absWorkingDir: root,
  bundle: true,
  platform: 'browser',
  format: 'esm',
  // `light-dark()` in the style sheet is left as it is: what does not know it would not know the rest either.
  target: ['es2022', 'chrome123', 'firefox120', 'safari17.5'],
  minify: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})
cpSync(`${source}index.html`, `${folder}index.html`)

const packages = new Set(Object.keys(metafile.inputs).flatMap((file) => file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.slice(1) ?? []))
writeFileSync(
  `${folder}THIRD-PARTY-LICENSES.txt`,
  [...packages]
    .sort()
    .map(notice)
    .join(`\n${'-'.repeat(80)}\n\n`),
)

function notice(name) {
  const home = `${root}node_modules/${name}/`
  const { version, license } = JSON.parse(readFileSync(`${home}package.json`, 'utf8'))
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file ? readFileSync(home + file, 'utf8') : `It comes without a text of its own; that of ${license} applies.\n`}`
}
