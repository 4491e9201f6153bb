/** Guideline of a type: one text that people may write as they like; lines that begin with "Example:" or "Not:" are cases. */
import { changeType, typesOf, type LabelKind } from './edit-labels.ts'
import type { LabelSet } from './label-set.ts'

interface GuidelinePart {
  readonly kind: 'rule' | 'example' | 'counterexample'
  readonly text: string
}

const leads = [
  { kind: 'example', lead: /^examples?:\s*/i },
  { kind: 'counterexample', lead: /^(not|counter-?examples?):\s*/i },
] as const

/** The lines of a guideline, without empty ones, each with its kind. */
export function partsOf(guideline: string): GuidelinePart[] {
  const lines = guideline.split('\n').map((line) => line.trim())
  return lines
    .filter((line) => line !== '')
    .map((line): GuidelinePart => {
      const found = leads.find(({ lead }) => lead.test(line))
      return found ? { kind: found.kind, text: line.replace(found.lead, '') } : { kind: 'rule', text: line }
    })
}

const lineOf = (example: string): string => `Example: ${example}`

/** Puts an example at the end of a type's guideline; the very same label set where it stands there already. */
export function addExample(labels: LabelSet, kind: LabelKind, name: string, example: string): LabelSet {
  const lines = linesOf(labels, kind, name)
  if (lines.includes(lineOf(example))) return labels
  return changeType(labels, kind, name, { guideline: [...lines, lineOf(example)].join('\n') })
}

/** Takes an example out again. */
export function removeExample(labels: LabelSet, kind: LabelKind, name: string, example: string): LabelSet {
  const left = linesOf(labels, kind, name).filter((line) => line !== lineOf(example))
  return changeType(labels, kind, name, { guideline: left.length === 0 ? null : left.join('\n') })
}

function linesOf(labels: LabelSet, kind: LabelKind, name: string): string[] {
  const { guideline = '' } = typesOf(labels, kind).find((type) => type.name === name) ?? {}
  return guideline === '' ? [] : guideline.split('\n')
}

/** Number of words shown on each side of a case. */
export const caseContext = 8

type Range = { readonly start: number; readonly end: number }

/** "… moved “Orbisk Labs” to Lunde …": ranges of a sentence in quotation marks, with the words around them. */
export function quoteCase(words: readonly string[], ranges: readonly Range[]): string {
  const from = Math.max(0, Math.min(...ranges.map(({ start }) => start)) - caseContext)
  const to = Math.min(words.length, Math.max(...ranges.map(({ end }) => end)) + caseContext)
  const quoted = words.slice(from, to).map((word, at) => {
    const opens = ranges.filter(({ start }) => start === from + at).map(() => '“')
    const closes = ranges.filter(({ end }) => end === from + at + 1).map(() => '”')
    return [...opens, word, ...closes].join('')
  })
  return [...(from > 0 ? ['…'] : []), ...quoted, ...(to < words.length ? ['…'] : [])].join(' ')
}
