import { SottoError } from '../../src/shared/errors'
import { VERSION } from '../../src/shared/version'
import { auditCommand } from './audit-command'
import type { Command, CommandIo } from './command'
import { evaluateCommand } from './evaluate-command'
import { inspectCommand } from './inspect-command'
import { packCommand } from './pack-command'
import { planCommand } from './plan-command'
import { trainCommand } from './train-command'
import { UsageError } from './usage-error'

const COMMANDS: readonly Command[] = [packCommand, trainCommand, evaluateCommand, auditCommand, inspectCommand, planCommand]

/** Exit codes: it worked; it could not be done; it was called wrongly. */
const DONE = 0
const FAILED = 1
const MISUSED = 2

/**
 * The whole of `sotto` on a command line.
 * @param args without the names of Node and of the script.
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly. What is not a failure of its input but a defect is thrown.
 */
export async function runCli(args: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = args
  if (first === '--version' || first === '-v') return print(io, VERSION)
  if (first === '--help' || first === '-h' || first === 'help') return print(io, commandOf(rest[0])?.usage ?? overview())
  const command = commandOf(first)
  if (!command) {
    const known = COMMANDS.map(({ name }) => name).join(', ')
    io.warn(
      `sotto: ${first === undefined ? 'a command is missing' : `there is no command "${first}"`}, expected ${known}\nsotto --help tells more`,
    )
    return MISUSED
  }
  if (rest.includes('--help') || rest.includes('-h')) return print(io, command.usage)
  try {
    return await command.run(rest, io)
  } catch (error) {
    if (error instanceof UsageError) {
      io.warn(`sotto ${command.name}: ${error.message}\nsotto ${command.name} --help tells more`)
      return MISUSED
    }
    // A full disk, a folder that must not be written: the system's words say it.
    const isExpected = error instanceof SottoError || (error instanceof Error && 'syscall' in error)
    if (!isExpected) throw error
    io.warn(`sotto ${command.name}: ${error.message}`)
    return FAILED
  }
}

function commandOf(name: string | undefined): Command | undefined {
  return COMMANDS.find((command) => command.name === name)
}

function print(io: CommandIo, text: string): number {
  io.print(text)
  return DONE
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: sotto COMMAND ...\n\n${lines.join('\n')}\n\nsotto COMMAND --help tells how one is called; sotto --version which version this is.`
}
