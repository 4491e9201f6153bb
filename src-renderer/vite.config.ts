/** Builds the window to out/window, without inline scripts or styles, so that the content security policy can be strict. */
import path from 'node:path'
import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vite'

export default defineConfig({
  root: import.meta.dirname,
  base: './',
  plugins: [vue()],
  resolve: {
    alias: [
      { find: /^#main\/(.*)$/, replacement: `${path.resolve(import.meta.dirname, '..', 'src-main')}/$1.ts` },
      { find: /^#window\/(.*)$/, replacement: `${import.meta.dirname}/$1` },
    ],
  },
  worker: { format: 'es' },
  build: {
    outDir: path.resolve(import.meta.dirname, '..', 'out', 'window'),
    emptyOutDir: true,
    target: 'chrome132',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 900,
    modulePreload: { polyfill: false },
    license: { fileName: 'licences.json' },
    rolldownOptions: { input: ['index.html', 'compute.html'].map((page) => path.join(import.meta.dirname, page)) },
  },
})
