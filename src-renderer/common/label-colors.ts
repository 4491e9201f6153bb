/** Colours and lines of labels: eight hues, then the same hues with another line. They stand beside the label's name, never instead of it. */
import type { LabelSet } from '#main/labels/label-set'

/** Number of the tokens --hue-0 to --hue-7. */
const hueCount = 8
/** Line styles, a new one after every eight labels. Dashed is missing, because it marks suggestions. */
const lines = ['2px solid', '4px double', '2px dotted'] as const

/** Number of a label's hue, 0 to 7: the one its set pins, else one by its position in the set, else one by its name. */
export function labelHue(label: string, labels?: LabelSet): number {
  return slotOf(label, labels) % hueCount
}

/** CSS custom properties for an element that is marked with a label. */
export function labelStyle(label: string, labels?: LabelSet): Record<string, string> {
  const slot = slotOf(label, labels)
  const color = `var(--hue-${slot % hueCount})`
  return {
    '--label-edge': color,
    '--label-text': color,
    '--label-tint': `color-mix(in srgb, ${color} var(--tint), transparent)`,
    '--label-line': lines[Math.floor(slot / hueCount) % lines.length] ?? lines[0],
  }
}

function slotOf(label: string, labels?: LabelSet): number {
  const at = labels?.entityTypes.findIndex(({ name }) => name === label) ?? -1
  return Math.abs(labels?.entityTypes[at]?.hue ?? (at >= 0 ? at : hash(label) % hueCount))
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
}
