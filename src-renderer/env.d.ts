/** Types of what the desktop shell's preload script adds to the page. */
interface Window {
  readonly espalier?: {
    readonly isDesktop: true
    /** The path of a file that a person chose or dropped; '' when it lies nowhere, as a text that was made in the page. */
    pathOf(file: File): string
  }
}

declare module '*.css'

/** A component as programs see it that do not read its file: its props are checked where they are written, by vue-tsc. */
declare module '*.vue' {
  import type { Component } from 'vue'

  const component: Component
  export default component
}
