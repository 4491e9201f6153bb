/** What the desktop shell's preload adds to the page. */
interface Window {
  readonly espalier?: { readonly isDesktop: true }
}

declare module '*.css'
