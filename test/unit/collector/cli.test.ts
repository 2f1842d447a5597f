import { expect, test, vi } from 'vitest'
import { type CommandIo, runCollector } from '../../../collector/command/run-collector'

vi.mock('node:os', () => ({ uptime: () => 12.345_678 }))
vi.mock('../../../collector/command/run-collector', () => ({ runCollector: vi.fn(async (_args: readonly string[], _io: CommandIo) => 0) }))

test('the steady clock of the command is the machine’s own, which goes on while that sleeps', async () => {
  await import('../../../collector/cli')
  const [[, io]] = vi.mocked(runCollector).mock.calls as [[unknown, CommandIo]] // called once
  expect(io.steady()).toBe(12_345)
})
