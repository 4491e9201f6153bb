/** Checks of a setting's value, and the sentence that refuses one: alike in the window, the API and the command line. */
import type { ChoiceSetting, NumberSetting, SwitchSetting } from './setting.ts'

/** The part of a setting that its values are checked against. */
export type Rule =
  | Pick<NumberSetting, 'label' | 'kind' | 'least' | 'most' | 'wholeAbove'>
  | Pick<ChoiceSetting, 'label' | 'kind' | 'choices'>
  | Pick<SwitchSetting, 'label' | 'kind'>

export function allows(rule: Rule, value: unknown): boolean {
  switch (rule.kind) {
    case 'choice':
      return typeof value === 'string' && Object.hasOwn(rule.choices, value)
    case 'switch':
      return typeof value === 'boolean'
    default: {
      const isNumber = rule.kind === 'whole' ? Number.isSafeInteger(value) : typeof value === 'number'
      if (!isNumber) return false
      const number = value as number // as the line above found
      const isShareOrWhole = rule.wholeAbove === undefined || number <= rule.wholeAbove || Number.isInteger(number)
      return number >= rule.least && number <= rule.most && isShareOrWhole
    }
  }
}

/** The sentence that refuses a value: "Input dropout must be a share from 0 to 0.95, not 1.5." */
export function whyRefused(rule: Rule, given: unknown): string {
  const end = isNothing(given) ? 'and nothing was given' : `not ${showGiven(given)}`
  return `${rule.label} must be ${limitsOf(rule)}, ${end}.`
}

/** The rule as a clause, to stand behind the value that broke it: "input dropout must be a share from 0 to 0.95". */
export function whatIsAllowed(rule: Rule): string {
  return `${inSentence(rule.label)} must be ${limitsOf(rule)}`
}

const kindNames = { whole: 'whole number', number: 'number', share: 'share' } as const

/** Kind and limits of the allowed values: "a share from 0 to 0.95". */
function limitsOf(rule: Rule): string {
  switch (rule.kind) {
    case 'choice':
      return `one of ${rangeOf(rule)}`
    case 'switch':
      return rangeOf(rule)
    default:
      if (rule.wholeAbove !== undefined)
        return `a share from ${showLimit(rule.least)} to ${showLimit(rule.wholeAbove)}, or a whole number up to ${showLimit(rule.most)}`
      return `a ${kindNames[rule.kind]} from ${rangeOf(rule)}`
  }
}

/** The allowed values alone: "0 to 0.95", "dev, test". */
export function rangeOf(rule: Rule): string {
  switch (rule.kind) {
    case 'choice':
      return Object.keys(rule.choices).join(', ')
    case 'switch':
      return 'true or false'
    default:
      return `${showLimit(rule.least)} to ${showLimit(rule.most)}`
  }
}

/** A limit as people read it: 10000 → "10,000", 1e-8 → "0.00000001". */
function showLimit(limit: number): string {
  return limit.toLocaleString('en', { maximumSignificantDigits: 17 })
}

/** A text as it stands within a sentence: "Input dropout" → "input dropout", while "LSTM units" stays. */
export function inSentence(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

function showGiven(given: unknown): string {
  return typeof given === 'number' ? String(given) : JSON.stringify(given)
}

/** Whether a field was left empty. An emptied number field holds NaN. */
function isNothing(given: unknown): boolean {
  return given === undefined || given === null || given === '' || Number.isNaN(given)
}
