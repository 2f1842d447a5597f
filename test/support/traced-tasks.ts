import type { Browser, Page } from 'playwright'

type TraceEvent = { readonly name: string; readonly tid: number; readonly pid: number; readonly ts: number; readonly tdur?: number }

/** Starts to trace what the browser's threads are at, until `tracedTasks`. */
export function traceTasks(browser: Browser, page: Page): Promise<void> {
  return browser.startTracing(page, { categories: ['toplevel', 'blink.user_timing'] })
}

/**
 * Ends tracing. Between two marks (`performance.mark`) that one thread made: how long each of its tasks kept it at work, in milliseconds of the processor's time, so
 * that what else the machine does is not counted.
 * @throws Error where the trace lacks a mark, or has no task.
 */
export async function tracedTasks(browser: Browser, begin: string, end: string): Promise<readonly number[]> {
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: readonly TraceEvent[] } // Chromium's own format
  const from = traceEvents.find(({ name }) => name === begin)
  const to = traceEvents.find(({ name }) => name === end)
  if (!from || !to) throw new Error(`the trace has no marks ${begin} and ${end}`)
  const tasks = traceEvents.filter(
    ({ name, pid, tid, ts, tdur }) =>
      name === 'ThreadControllerImpl::RunTask' &&
      pid === from.pid &&
      tid === from.tid &&
      tdur !== undefined &&
      ts >= from.ts - 100 &&
      ts <= to.ts,
  )
  if (tasks.length === 0) throw new Error(`the trace has no tasks between ${begin} and ${end}`)
  return tasks.map(({ tdur = 0 }) => tdur / 1000)
}
