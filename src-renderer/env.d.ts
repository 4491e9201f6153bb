/** Types of what the desktop shell's preload script adds to the page. */
interface Window {
  readonly espalier?: { readonly isDesktop: true }
}

declare module '*.css'
