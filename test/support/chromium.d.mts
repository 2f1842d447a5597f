import type { LaunchOptions } from 'playwright'

export function findChromium(): string | undefined
export function findShell(): string | undefined
export const CHROMIUM_ARGS: string[]
export function launchOptions(): LaunchOptions
export function wholeBrowserOptions(): LaunchOptions
