import { h } from '../dom/element'

const KEY = 'quire-shortcut'

/**
 * The switch for the panel's key. A single-character shortcut must be possible to turn off, or voice control and shaky hands set it off:
 * WCAG 2.2, 2.1.4.
 */
export function shortcutSwitch(storage: Storage): { readonly element: HTMLElement; readonly isOn: () => boolean } {
  const isOn = () => storage.getItem(KEY) !== 'off'
  const input = h('input', { type: 'checkbox', role: 'switch', checked: isOn() })
  input.addEventListener('change', () => storage.setItem(KEY, input.checked ? 'on' : 'off'))
  const element = h('label', { class: 'switch' }, input, h('span', {}, 'Shortcut key ', h('kbd', {}, '.'), ' for this panel'))
  return { element, isOn }
}

/** Whether keys go into a text now. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return target.isContentEditable || (target.matches('input, textarea, select') && !target.matches('[type=radio], [type=checkbox]'))
}
