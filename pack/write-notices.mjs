import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

/**
 * Writes the licences of all packages that a bundle holds.
 * @param root folder of the project, ending in a slash. @param inputs files that were bundled. @param path of the text.
 */
export function writeNotices(root, inputs, path) {
  const packages = new Set(inputs.flatMap((file) => file.match(/.*node_modules\/((?:@[^/]+\/)?[^/]+)/)?.slice(1) ?? []))
  const notices = [...packages].sort().map((name) => notice(root, name))
  writeFileSync(path, notices.join(`\n${'-'.repeat(80)}\n\n`))
}

function notice(root, name) {
  const home = `${root}node_modules/${name}/`
  const { version, license } = JSON.parse(readFileSync(`${home}package.json`, 'utf8'))
  const file = readdirSync(home).find((entry) => /^licen[cs]e/i.test(entry))
  return `${name} ${version} (${license})\n\n${file ? readFileSync(home + file, 'utf8') : `It comes without a text of its own; that of ${license} applies.\n`}`
}
