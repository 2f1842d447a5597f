// A step of `npm run build`: the command `sotto-collector` into `collector/dist/`, beside the dashboard. The packages that are installed with it are not bundled.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const root = fileURLToPath(new URL('../', import.meta.url))
const { dependencies } = JSON.parse(readFileSync(`${root}collector/package.json`, 'utf8'))

const { metafile } = await build({
  entryPoints: { 'sotto-collector': `${root}collector/cli.ts` },
  outdir: `${root}collector/dist/`,
  outExtension: { '.js': '.mjs' },
  absWorkingDir: root,
  bundle: true,
  external: Object.keys(dependencies),
  platform: 'node',
  format: 'esm',
  target: 'node20',
  minifySyntax: true,
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
})

const packages = new Set(Object.keys(metafile.inputs).flatMap((file) => file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.slice(1) ?? []))
writeFileSync(
  `${root}collector/dist/THIRD-PARTY-LICENSES.txt`,
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
