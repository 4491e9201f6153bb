/** Colours of labels: a tint, an edge and a text of one hue, always beside the label's name, never instead of it. */
import type { LabelSet } from '#main/labels/label-set'

/** The tokens --hue-0 to --hue-7. */
const hueCount = 8

/** The pinned hue, else by the label's place in its set, else by its name. */
export function labelHue(label: string, labels?: LabelSet): number {
  const at = labels?.entityTypes.findIndex(({ name }) => name === label) ?? -1
  const hue = labels?.entityTypes[at]?.hue ?? (at >= 0 ? at : hash(label))
  return hue % hueCount
}

/** Custom properties for one marked thing. */
export function labelStyle(label: string, labels?: LabelSet): Record<string, string> {
  const color = `var(--hue-${labelHue(label, labels)})`
  return {
    '--label-edge': color,
    '--label-text': color,
    '--label-tint': `color-mix(in srgb, ${color} var(--tint), transparent)`,
  }
}

function hash(text: string): number {
  return [...text].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0, 7)
}
