import { SottoError } from './errors'

/**
 * Checks of public arguments: each throws `invalid-argument` at once, naming the argument, what was expected and what came. They look at
 * what a developer may get wrong; what a *visitor's* page may get wrong (a price of −1) is cleaned in the worker instead.
 */
export function refuse(name: string, expected: string, got: unknown): never {
  throw new SottoError('invalid-argument', `${name} must be ${expected}; got ${describe(got)}`, { argument: name })
}

/** Kind and size only: messages never hold what a visitor typed. Short words of a developer's own are shown. */
function describe(value: unknown): string {
  if (typeof value === 'string') return value.length > 40 ? `a string of ${value.length} characters` : `'${value}'`
  if (Array.isArray(value)) return `an array of ${value.length}`
  return value === null || typeof value !== 'object' ? String(value) : 'an object'
}

type Shape = Readonly<Record<string, unknown>>

export function checkObject(name: string, value: unknown): asserts value is Shape {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(name, 'an object', value)
}

export function checkText(name: string, value: unknown): asserts value is string {
  if (typeof value !== 'string' || !value.trim()) refuse(name, 'a string that is not empty', value)
}

export function checkOneOf<T extends string>(name: string, value: unknown, choices: readonly T[]): asserts value is T {
  if (!choices.includes(value as T)) refuse(name, `one of ${choices.join(', ')}`, value)
}

export function checkCount(name: string, value: unknown, least: number, most: number): void {
  if (value !== undefined && !(Number.isInteger(value) && least <= (value as number) && (value as number) <= most)) {
    refuse(name, `a whole number from ${least} to ${most}`, value)
  }
}

export function checkIds(name: string, value: unknown): asserts value is readonly string[] {
  if (!Array.isArray(value)) refuse(name, 'an array of item ids', value)
  value.forEach((id, index) => {
    checkText(`${name}[${index}]`, id)
  })
}

export function checkNumber(name: string, value: unknown): void {
  if (value !== undefined && !Number.isFinite(value)) refuse(name, 'a finite number', value)
}

/** Only what is known: a misspelt field would be ignored in silence otherwise. */
export function checkFields(name: string, value: Shape, known: readonly string[]): void {
  for (const field in value) if (!known.includes(field)) refuse(name, `an object with fields of ${known.join(', ')}`, field)
}
