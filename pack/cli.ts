#!/usr/bin/env node
import { runCli } from './commands/run-cli'

process.exitCode = await runCli(process.argv.slice(2), {
  print: console.log,
  warn: console.error,
  terminal: process.stderr,
  now: Date.now,
})
