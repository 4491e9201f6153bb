/** Components as tests mount them: their props are checked where they are written, by vue-tsc. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  // eslint-disable-next-line no-restricted-syntax -- a component file has no other export
  export default component
}
