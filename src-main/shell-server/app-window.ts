/** An installed Chrome, Chromium or Edge as the program's window: no tabs, no address bar, a profile of its own. */
import { spawn, type ChildProcess } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { makePrivateFolder } from '#main/files/private'

type Environment = Readonly<Record<string, string | undefined>>

const linuxNames = [
  'google-chrome',
  'google-chrome-stable',
  'chromium',
  'chromium-browser',
  'microsoft-edge',
  'microsoft-edge-stable',
  'brave-browser',
]
const macNames = ['Google Chrome', 'Chromium', 'Microsoft Edge', 'Brave Browser']
const windowsPaths = [
  ['Google', 'Chrome', 'Application', 'chrome.exe'],
  ['Microsoft', 'Edge', 'Application', 'msedge.exe'],
  ['Chromium', 'Application', 'chrome.exe'],
]

/** The first browser that can show an app window, from those that are usually installed; null when there is none. */
export function findBrowser(environment: Environment = process.env, platform = process.platform): string | null {
  return candidatesOn(platform, environment).find(isExecutable) ?? null
}

function candidatesOn(platform: NodeJS.Platform, environment: Environment): string[] {
  if (platform === 'darwin') return macNames.map((name) => `/Applications/${name}.app/Contents/MacOS/${name}`)
  if (platform === 'win32') {
    const folders = ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].flatMap((name) => environment[name] ?? [])
    return windowsPaths.flatMap((parts) => folders.map((folder) => path.join(folder, ...parts)))
  }
  const folders = (environment['PATH'] ?? '').split(':').filter(Boolean)
  return linuxNames.flatMap((name) => folders.map((folder) => path.join(folder, name)))
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Whether this session can show windows at all. */
export function hasDisplay(environment: Environment = process.env, platform = process.platform): boolean {
  return platform !== 'linux' || Boolean(environment['DISPLAY'] ?? environment['WAYLAND_DISPLAY'])
}

/** Chromium refuses to start for root with its sandbox on; everybody else keeps it. */
export const rootArguments: readonly string[] = process.getuid?.() === 0 ? ['--no-sandbox'] : []

/** The window works offline: its browser has nothing to fetch from anywhere. */
const quietFlags = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Ends when its last window is closed (on macOS when it is told to). `profile` is a folder that is made when missing. */
export function openAppWindow(browser: string, url: string, profile: string): ChildProcess {
  const flags = [
    `--app=${url}`,
    `--user-data-dir=${profile}`,
    '--window-size=1440,900',
    ...quietFlags,
    ...rootArguments,
  ]
  makePrivateFolder(profile)
  return spawn(browser, flags, { stdio: 'ignore' })
}
