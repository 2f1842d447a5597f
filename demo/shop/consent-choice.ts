import type { Consent } from 'sotto'

const KEY = 'quire-choice'

/**
 * What the visitor answered before. Keeping the answer is the shop's business, not the engine's: a lasting yes or no is kept in
 * localStorage, "only this visit" in sessionStorage, so that it ends with the tab.
 *
 * @returns `pending` where nobody was asked, or what is stored is none of the answers.
 */
export function readChoice(local: Storage, session: Storage): Consent {
  const stored = local.getItem(KEY) ?? session.getItem(KEY)
  return stored === 'granted' || stored === 'denied' || stored === 'session' ? stored : 'pending'
}

/** Keeps the answer, or with `pending` forgets that there was one. */
export function keepChoice(choice: Consent, local: Storage, session: Storage): void {
  local.removeItem(KEY)
  session.removeItem(KEY)
  if (choice === 'session') session.setItem(KEY, choice)
  else if (choice !== 'pending') local.setItem(KEY, choice)
}
