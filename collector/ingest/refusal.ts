/** Why something was not taken, for machines: a closed list. Whoever sees one of the first group need not send the same again. */
export const REFUSALS = {
  size: [400, 'a report has 40 bytes; several may come in one body from a relay that has a token'],
  version: [400, 'this version of reports is not read here'],
  reserved: [400, 'byte 3 of a report is 0'],
  'epoch-closed': [400, 'the epoch is closed and published, or will never be'],
  'plan-unknown': [400, 'the report is for a plan that was not in force here in that epoch'],
  'metric-unknown': [400, 'the plan has no such metric'],
  'group-unknown': [400, 'the metric has no such group'],
  bits: [400, 'no device draws such a set of buckets'],
  'too-large': [413, 'a body has at most 65,536 bytes'],
  'request-invalid': [400, 'the request breaks HTTP, or its headers are too long'],
  'plan-invalid': [400, 'the plan breaks its format'],
  'origin-refused': [403, 'reports from pages of this origin are not taken'],
  unauthorized: [401, 'this needs the administrator’s token'],
  'not-found': [404, 'there is nothing here'],
  // What is about the moment: the same may be sent again later.
  'epoch-early': [425, 'the epoch has not begun; is the clock right?'],
  slow: [408, 'the request took too long to arrive'],
  'too-many': [429, 'too many requests from this address; later'],
  busy: [503, 'there are more reports than can be written just now; later'],
  unavailable: [503, 'the database does not answer; later'],
  internal: [500, 'a defect of the collector'],
} as const satisfies Record<string, readonly [status: number, message: string]>

export type RefusalCode = keyof typeof REFUSALS

/** What is wrong with one report. */
export type ReportRefusal =
  | 'size'
  | 'version'
  | 'reserved'
  | 'epoch-closed'
  | 'epoch-early'
  | 'plan-unknown'
  | 'metric-unknown'
  | 'group-unknown'
  | 'bits'

/** A request that is answered with a code. Its message is of the list above, of a plan's validator, or about a parameter (`parameterFault`): never of what a
 * visitor's report holds. */
export class Refusal extends Error {
  readonly code: RefusalCode
  constructor(code: RefusalCode, message: string = REFUSALS[code][1]) {
    super(message)
    this.name = 'Refusal'
    this.code = code
  }

  get status(): number {
    return REFUSALS[this.code][0]
  }
}
