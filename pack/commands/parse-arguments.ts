import { type ParseArgsConfig, parseArgs } from 'node:util'
import { SottoError } from '../../src/shared/errors'
import { checkSupport } from '../make/support'
import { numberStyle } from '../read/number-style'
import { UsageError } from './usage-error'

type Options = NonNullable<ParseArgsConfig['options']>

/**
 * Reads a command's arguments.
 * @param positionals names of those that there must be, for messages.
 * @throws UsageError naming the option that is not known or has no value, or the argument that is missing or too many.
 */
export function parseArguments<const Given extends Options>(args: readonly string[], options: Given, positionals: readonly string[] = []) {
  const parsed = asUsage(() => parseArgs({ args: [...args], options, allowPositionals: true }))
  const given = parsed.positionals
  const missing = positionals[given.length]
  if (missing !== undefined) throw new UsageError(`${missing} is missing`)
  if (given.length > positionals.length) throw new UsageError(`"${given[positionals.length]}" is one argument too many`)
  return { values: parsed.values, positionals: given }
}

/** A number of visitors, as an option says it. @throws UsageError naming what it says instead. */
export function supportOf(text: string): number {
  return asUsage(() => checkSupport(text.trim() === '' ? Number.NaN : Number(text), `"${text}"`))
}

/** @throws UsageError where `--locale` says what is none. */
export function expectLocale(locale: string | undefined): void {
  try {
    numberStyle(locale)
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause
    throw new UsageError(`--locale is "${locale}", expected a tag such as de or en-GB`)
  }
}

/** What `check` says of an argument. @throws UsageError in place of its error about a wrong one. */
export function asUsage<Checked>(check: () => Checked): Checked {
  try {
    return check()
  } catch (cause) {
    const isWrong =
      cause instanceof TypeError || cause instanceof RangeError || (cause instanceof SottoError && cause.code === 'invalid-argument')
    throw isWrong ? new UsageError(cause.message) : cause
  }
}
