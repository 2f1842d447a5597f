/** Where a command writes, and what it knows of the world. */
export type CommandIo = {
  readonly print: (text: string) => void
  /** What is not the result: warnings, errors. */
  readonly warn: (text: string) => void
  /** The terminal that shows progress; absent where there is none. */
  readonly terminal?: NodeJS.WriteStream
  /** ms since 1970. */
  readonly now: () => number
  /** How what lies at an address is had. Default: as Node does. */
  readonly fetch?: typeof fetch
}

/** One command of `sotto`. */
export type Command = {
  readonly name: string
  /** One line of `sotto --help`. */
  readonly summary: string
  /** How it is called, and what its options do. */
  readonly usage: string
  /**
   * @param args what follows the command's name.
   * @returns the exit code, 0 where all went well.
   * @throws UsageError for wrong arguments; SottoError for what cannot be done with these files.
   */
  run(args: readonly string[], io: CommandIo): Promise<number>
}
