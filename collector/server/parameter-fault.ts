import type { FastifyError } from 'fastify'

/** Of what came, so much is said again. */
const MOST_CHARACTERS = 30

/**
 * What is wrong with a parameter of an address: which one, what was expected and what came, cut short and as addresses are written, so that nothing in it
 * means anything to whatever shows it. Needs the validator's `verbose`.
 * @returns undefined where the error is not about a parameter.
 */
export function parameterFault({ validation }: Partial<FastifyError>): string | undefined {
  const [fault] = validation ?? []
  if (!fault) return undefined
  const { instancePath, keyword, params } = fault
  // With `verbose` it has these two more; whatever they are, fields may be asked for.
  const { parentSchema, data } = fault as { parentSchema?: unknown; data?: unknown }
  const { minimum, maximum, properties } = Object(parentSchema) as { minimum?: number; maximum?: number; properties?: object }
  if (keyword === 'additionalProperties')
    return `the address has a parameter ${shown(params.additionalProperty)}, expected none but ${Object.keys(properties ?? {}).join(', ')}`
  return `the parameter ${instancePath.slice(1)} is ${shown(data)}, expected a whole number from ${minimum} to ${maximum}`
}

function shown(value: unknown): string {
  const text = String(value)
  // By way of bytes: half a character, where one is cut in two, cannot be written.
  const start = Buffer.from(text.slice(0, MOST_CHARACTERS)).toString()
  const rest = text.length > MOST_CHARACTERS ? '…' : ''
  return `"${encodeURIComponent(start)}${rest}"`
}
