/**
 * Rules: strings and patterns with the label that they suggest, one on a line. `Berlin,LOC` is a string, in quotation marks where it holds a
 * comma; `/\d{4}/,DATE` is a regular expression, `/…/i` one for any case.
 */

export interface Rule {
  /** Number of its line, from 1. */
  readonly line: number
  /** The string, or the source of the regular expression. */
  readonly text: string
  /** Flags of the regular expression; null for a string. */
  readonly flags: string | null
  readonly label: string
}

export interface ReadRules {
  readonly rules: readonly Rule[]
  /** Lines that are no rule, in a sentence each that names the line. */
  readonly problems: readonly string[]
}

/** Number of patterns that one set may have: each is tried on every sentence. Strings are looked up, so there may be many. */
const mostPatterns = 200
const mostProblems = 20
const longestLine = 1000

export function readRules(text: string): ReadRules {
  const rules: Rule[] = []
  const problems: string[] = []
  let patterns = 0
  for (const [index, written] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const line = index + 1
    if (written.trim() === '' || (rules.length === 0 && isHeader(written))) continue
    const rule = readRule(written.trim(), line)
    if (typeof rule === 'string') problems.push(`Line ${line}: ${rule}`)
    else if (rule.flags !== null && ++patterns > mostPatterns)
      problems.push(`Line ${line}: a set of rules holds ${mostPatterns} patterns at most; make a second set.`)
    else rules.push(rule)
  }
  const left = problems.length - mostProblems
  return { rules, problems: left > 0 ? [...problems.slice(0, mostProblems), `… and ${left} lines more.`] : problems }
}

const isHeader = (line: string): boolean =>
  /^"?(string|text|phrase|term)"?[,;\t]"?(label|type)"?\s*$/i.test(line.trim())

/** Answers with what is wrong where the line is no rule. */
function readRule(written: string, line: number): Rule | string {
  if (written.length > longestLine) return `longer than ${longestLine} characters: string,label was expected`
  const pattern = /^\/(.+)\/([a-z]*)\s*[,;\t]\s*([^,;\t]+)$/.exec(written)
  if (pattern) {
    const [, text = '', flags = '', label = ''] = pattern
    return faultOf(text, flags) ?? { line, text, flags, label: bare(label) }
  }
  if (/^\/.+\/[a-z]*$/.test(written)) return `no label after ${written}: write ${written},LABEL`
  const string = /^(?:"((?:[^"]|"")*)"|(.*?))\s*[,;\t]\s*("?[^,;\t"]+"?)$/.exec(written)
  if (!string) return `"${shorten(written)}" has no label: string,label was expected`
  const text = (string[1]?.replaceAll('""', '"') ?? string[2] ?? '').trim()
  const label = bare(string[3] ?? '')
  if (text === '' || label === '') return 'string,label was expected, and one of the two is empty'
  return { line, text, flags: null, label }
}

function faultOf(text: string, flags: string): string | null {
  const unknown = [...flags].find((flag) => !'is'.includes(flag))
  if (unknown !== undefined) return `the flag ${unknown} is not known: i (any case) and s (a point takes line ends) are`
  try {
    new RegExp(text, `${flags}gu`).test('')
    return null
  } catch (error) {
    return `/${shorten(text)}/ is no regular expression (${error instanceof Error ? error.message.replace(/^.*: /, '') : String(error)})`
  }
}

const bare = (label: string): string =>
  label
    .trim()
    .replace(/^"(.*)"$/, '$1')
    .trim()
const shorten = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text)
