import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  plugins: [vue()],
  resolve: {
    alias: [
      // main code runs against a shim of Electron whose windows are Chromium pages: the binary may be missing
      { find: /^electron$/, replacement: new URL('./support/electron-shim.ts', import.meta.url).pathname },
      { find: /^#main\/(.*)$/, replacement: new URL('../src-main/$1.ts', import.meta.url).pathname },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.e2e.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
    allowOnly: false,
  },
})
