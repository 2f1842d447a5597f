import { VERSION } from '../../src/shared/version'
import { auditCommand } from './audit-command'
import type { Command, CommandIo } from './command'
import { evaluateCommand } from './evaluate-command'
import { inspectCommand } from './inspect-command'
import { packCommand } from './pack-command'
import { planCommand } from './plan-command'
import { tellFailure } from './tell-failure'
import { trainCommand } from './train-command'
import { UsageError } from './usage-error'

const COMMANDS: readonly Command[] = [packCommand, trainCommand, evaluateCommand, auditCommand, inspectCommand, planCommand]

/**
 * The whole of `sotto` on a command line.
 * @param args without the names of Node and of the script.
 * @returns the exit code: 0 done, 1 failed, 2 called wrongly. What is not a failure of its input but a defect is thrown.
 */
export async function runCli(args: readonly string[], io: CommandIo): Promise<number> {
  const [first, ...rest] = args
  const command = commandOf(first)
  try {
    return await run(command, args, io)
  } catch (error) {
    const isJson = rest.some((argument) => argument === '--json' || argument.startsWith('--json='))
    return tellFailure(error, io, { command: command ? `sotto ${command.name}` : 'sotto', isJson })
  }
}

async function run(command: Command | undefined, [first, ...rest]: readonly string[], io: CommandIo): Promise<number> {
  if (first === '--version' || first === '-v') return print(io, VERSION)
  if (first === '--help' || first === '-h' || first === 'help') return print(io, commandOf(rest[0])?.usage ?? overview())
  if (!command) {
    const known = COMMANDS.map(({ name }) => name).join(', ')
    throw new UsageError(`${first === undefined ? 'a command is missing' : `there is no command "${first}"`}, expected ${known}`)
  }
  if (rest.includes('--help') || rest.includes('-h')) return print(io, command.usage)
  return command.run(rest, io)
}

function commandOf(name: string | undefined): Command | undefined {
  return COMMANDS.find((command) => command.name === name)
}

function print(io: CommandIo, text: string): number {
  io.print(text)
  return 0
}

function overview(): string {
  const width = Math.max(...COMMANDS.map(({ name }) => name.length))
  const lines = COMMANDS.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`)
  return `Usage: sotto COMMAND ...\n\n${lines.join('\n')}\n\nsotto COMMAND --help tells how one is called; sotto --version which version this is.\nWhere --json is among the options, a failure is told as JSON too, on standard output: {"code", "message", "details"}.`
}
