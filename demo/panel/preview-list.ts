import type { PreviewedMetric } from 'sotto'
import { h } from '../dom/element'

/** For each question: what is true of this visitor, beside what a report might say. */
export function previewList(metrics: readonly PreviewedMetric[]): HTMLElement {
  return h('div', { class: 'previews' }, ...metrics.map(preview))
}

function preview({ title, metric, epsilon, buckets, truth, example, chances }: PreviewedMetric): HTMLElement {
  const named = buckets.map((bucket, at) => chip(bucket, example.includes(at), at === truth))
  return h(
    'section',
    { class: 'preview', 'data-metric': metric },
    h('h4', {}, title),
    h('p', { class: 'preview__truth' }, 'True, shown only on this device: ', h('span', { class: 'marked' }, buckets[truth] ?? '')),
    h('p', {}, 'A report might say:'),
    h('ul', { class: 'named' }, ...named),
    h(
      'p',
      { class: 'panel__hint' },
      `Anybody’s report names what is true of them ${times(chances.ifTrue)}, and each other bucket ${times(chances.otherwise)}: epsilon ${epsilon}.`,
    ),
  )
}

/** A bucket: filled where the report names it. */
function chip(bucket: string, isNamed: boolean, isTrue: boolean): HTMLElement {
  const state = [isNamed ? 'named' : 'not named', ...(isTrue ? ['true'] : [])].join(', ')
  return h(
    'li',
    { class: `named__bucket${isNamed ? ' named__bucket--in' : ''}` },
    isTrue ? h('span', { class: 'marked' }, bucket) : bucket,
    h('span', { class: 'visually-hidden' }, ` (${state})`),
  )
}

function times(share: number): string {
  return `${Math.round(share * 100)} times of 100`
}
