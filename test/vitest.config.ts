import { tmpdir } from 'node:os'
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

/** What tests measure is not for the person's own machine. */
const configs = path.join(tmpdir(), 'espalier-test-config')

/** Processes start in half the time from what Node made of the sources before: the command line keeps it too. */
const compiled = path.join(tmpdir(), 'node-compile-cache')

/** Chromium is two processors' work by itself: these wait until the rest is done, and for each other. */
const withWindows = ['test/**/*.e2e.test.ts', 'test/backends/webgpu.test.ts', 'test/shell-*/**/*.test.ts']

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  resolve: {
    alias: [
      // main code runs against a shim of Electron whose windows are Chromium pages: the binary may be missing
      { find: /^electron$/, replacement: new URL('./support/electron-shim.ts', import.meta.url).pathname },
      { find: /^#window\/(.*)$/, replacement: new URL('../src-renderer/$1', import.meta.url).pathname },
      { find: /^#main\/(.*)$/, replacement: new URL('../src-main/$1.ts', import.meta.url).pathname },
    ],
  },
  test: {
    env: { XDG_CONFIG_HOME: configs, APPDATA: configs, NODE_COMPILE_CACHE: compiled },
    testTimeout: 60_000,
    hookTimeout: 60_000,
    allowOnly: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: withWindows,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: { name: 'windows', include: withWindows, maxWorkers: 1, sequence: { groupOrder: 1 } },
      },
    ],
  },
})
