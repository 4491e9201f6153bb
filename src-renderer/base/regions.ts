/** Regions: the parts of the window that carry `data-region`. F6 goes from one to the next, Shift+F6 back. */
import { onBeforeUnmount, onMounted } from 'vue'

const focusable = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]'

/** The region after, or before, the one that holds an element; the first where none holds it. */
export function nextRegion<Region extends Pick<Node, 'contains'>>(
  regions: readonly Region[],
  from: Node | null,
  by: 1 | -1,
): Region | undefined {
  const at = regions.findIndex((region) => region.contains(from))
  if (at < 0) return by === 1 ? regions[0] : regions.at(-1)
  return regions[(at + by + regions.length) % regions.length]
}

/** Makes F6 move through the regions in the order of the page. In each, the element that had the focus last gets it again. */
export function useRegionKeys(): void {
  const latest = new WeakMap<Element, HTMLElement>()

  function remember({ target }: FocusEvent): void {
    if (!(target instanceof HTMLElement)) return
    const region = target.closest('[data-region]')
    if (region) latest.set(region, target)
  }

  function onKey(event: KeyboardEvent): void {
    const { activeElement } = document
    const isHeld = event.ctrlKey || event.altKey || event.metaKey
    if (event.key !== 'F6' || isHeld || activeElement?.closest('[role="dialog"]')) return
    // only innermost regions count, since a place may be one region or consist of several
    const regions = [...document.querySelectorAll<HTMLElement>('[data-region]:not(:has([data-region]))')].filter(
      isVisible,
    )
    const region = nextRegion(regions, activeElement, event.shiftKey ? -1 : 1)
    if (!region) return
    event.preventDefault()
    focusIn(region)
  }

  function focusIn(region: HTMLElement): void {
    const known = latest.get(region)
    if (known && region.contains(known) && isVisible(known)) known.focus()
    else
      region
        .querySelector<HTMLElement>(region.querySelector('[data-region-start]') ? '[data-region-start]' : focusable)
        ?.focus()
  }

  onMounted(() => {
    window.addEventListener('keydown', onKey)
    window.addEventListener('focusin', remember)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('keydown', onKey)
    window.removeEventListener('focusin', remember)
  })
}

function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0
}
