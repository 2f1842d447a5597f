import { h } from '../dom/element'
import type { QualityFile, QualitySet } from './quality-file'
import { qualitySection } from './quality-section'
import results from './results.json'

/** Everything of the page below its heading. Rejects when the shop's own figures are not there. @param signal ends the redrawing of charts. */
export async function qualitySections(signal: AbortSignal): Promise<readonly HTMLElement[]> {
  const url = new URL('quality.json', document.baseURI)
  const response = await fetch(url)
  if (!response.ok) throw new Error(`${url.pathname} answered ${response.status}; run the catalogue's build step`)
  const { sets } = (await response.json()) as QualityFile // written by this project's own build step
  const published = results as QualityFile // kept beside this file
  const ready = published.sets.filter(({ rows }) => rows.some(({ kind }) => kind === 'ours'))
  const own = sets.map((set) => qualitySection(set, signal))
  const others = publicSection(published, ready, signal)
  // Real orders tell more than sample orders, as soon as anything is known of them.
  return [howToRead(), ...(ready.length > 0 ? [others, ...own] : [...own, others])]
}

function howToRead(): HTMLElement {
  const words: readonly (readonly [string, string])[] = [
    [
      'A hit',
      'The hidden product is among the ten (or twenty) that the model names, out of all there are. Looking at the rest of the shop counts for nothing.',
    ],
    [
      'The dot and its bar',
      'The dot is what was measured. Other customers would have given somewhat other figures: in 95 of 100 cases the true value lies within the bar (two standard errors to either side).',
    ],
    [
      'The dashed line',
      'What naming products blindly comes to. Only a model whose bar lies wholly to the right of it is shown to know something; one whose bar lies wholly to the left does worse than blindly.',
    ],
  ]
  return h('dl', { class: 'quality-words' }, ...words.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))))
}

/** Public data that others have measured too; says so where this copy has no figures of its own yet. */
function publicSection({ measured, sets }: QualityFile, ready: readonly QualitySet[], signal: AbortSignal): HTMLElement {
  const waiting = sets.filter((set) => !ready.includes(set))
  const head = h(
    'header',
    { class: 'quality__head' },
    h('h2', {}, 'On public data, beside what others have published'),
    h('p', {}, publicLead(ready, measured)),
    waiting.length === 0
      ? undefined
      : h(
          'p',
          { class: 'notice', 'data-waiting': waiting.length },
          h('strong', {}, 'Not measured yet: '),
          `${waiting.map(({ title }) => title).join('; ')}. The command `,
          h('code', {}, 'npm run bench -- quality'),
          ' measures it where the data lies. No figure stands here that was not measured.',
        ),
  )
  return h('section', { class: 'stack' }, head, ...ready.map((set) => qualitySection(set, signal)))
}

function publicLead(ready: readonly QualitySet[], measured: QualityFile['measured']): string {
  const rule = 'The same code on data sets that researchers use, under the same rules: all products are ranked, ties count against us.'
  if (ready.length === 0 || !measured) return rule
  return `${rule} Full dots are ours, measured on ${measured.day} on ${measured.machine}; rings are figures that others have published.`
}
