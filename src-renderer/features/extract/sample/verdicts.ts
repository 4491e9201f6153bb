/** Verdicts of a person on a sampled triple: their names and keys. */
import type { Verdict } from '#main/document/extracted-document'

export const verdictNames: Readonly<Record<Verdict, string>> = { right: 'right', wrong: 'wrong', unsure: 'unsure' }

/** The digit first: it works on every layout, and where single letters are switched off. */
export const verdictKeys: readonly {
  readonly verdict: Verdict
  readonly label: string
  readonly keys: readonly string[]
}[] = [
  { verdict: 'right', label: 'Right', keys: ['1', 'r'] },
  { verdict: 'wrong', label: 'Wrong', keys: ['2', 'w'] },
  { verdict: 'unsure', label: 'Unsure', keys: ['3', 'u'] },
]

/** Null for a key that says nothing. */
export function verdictOfKey(key: string, hasLetterKeys: boolean): Verdict | null {
  const usable = (keys: readonly string[]): readonly string[] => (hasLetterKeys ? keys : keys.slice(0, 1))
  return verdictKeys.find(({ keys }) => usable(keys).includes(key.toLowerCase()))?.verdict ?? null
}
