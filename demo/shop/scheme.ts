const KEY = 'quire-scheme'

export type Scheme = 'light' | 'dark'

/** The colours chosen by the visitor, else those of the system. */
export function currentScheme(storage: Storage): Scheme {
  const stored = storage.getItem(KEY)
  if (stored === 'light' || stored === 'dark') return stored
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** Puts the chosen colours on the page; where none were chosen the style sheet follows the system. */
export function applyScheme(storage: Storage): void {
  const stored = storage.getItem(KEY)
  if (stored === 'light' || stored === 'dark') document.documentElement.dataset.scheme = stored
}

/** Turns light into dark or back, and keeps it. @returns what it is now. */
export function switchScheme(storage: Storage): Scheme {
  const scheme = currentScheme(storage) === 'dark' ? 'light' : 'dark'
  storage.setItem(KEY, scheme)
  applyScheme(storage)
  return scheme
}
