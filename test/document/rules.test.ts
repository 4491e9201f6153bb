/** Rules: what their lines mean, and where they stand in a sentence. */
import { describe, expect, it } from 'vitest'
import { createMatcher } from '#main/document/rule-matches'
import { readRules } from '#main/document/rules'
import { tokenize, wordsOf } from '#main/text/words'

function found(written: string, text: string, isAnyCase = false): string[] {
  const tokens = tokenize(text)
  const { rules } = readRules(written)
  const ofPatterns = rules
    .filter(({ flags }) => flags !== null)
    .map((rule) => ({
      rule,
      places: [...text.matchAll(new RegExp(rule.text, `${rule.flags ?? ''}gu`))].map(({ index, 0: match }) => ({
        start: index,
        end: index + match.length,
      })),
    }))
  const words = wordsOf(text, tokens)
  const { matches } = createMatcher(rules, isAnyCase)(text, tokens, ofPatterns)
  return matches.map(({ start, end, label }) => `${words.slice(start, end).join(' ')} ${label}`)
}

describe('rules', () => {
  it('are strings and patterns, a header and quotation marks as spreadsheets write them included', () => {
    const { rules, problems } = readRules('string,label\r\n"Velt, Mara",PERSON\n/\\d{4}/i,DATE\n\nOrbisk\tORG')
    expect(problems).toEqual([])
    expect(rules).toEqual([
      { line: 2, text: 'Velt, Mara', flags: null, label: 'PERSON' },
      { line: 3, text: '\\d{4}', flags: 'i', label: 'DATE' },
      { line: 5, text: 'Orbisk', flags: null, label: 'ORG' },
    ])
  })

  it('name the line of what is no rule, and keep the others', () => {
    const { rules, problems } = readRules('Ada,PERSON\nno label here\n/(/,X\n/a/g,X\n/a/')
    expect(rules).toHaveLength(1)
    expect(problems.map((problem) => problem.slice(0, 7))).toEqual(['Line 2:', 'Line 3:', 'Line 4:', 'Line 5:'])
  })

  it('find whole words, the longest of overlapping ones, whatever the spaces around punctuation', () => {
    const rules = 'New York,CITY\nNew York Times,PAPER\nWashington D.C.,CITY\nork,X'
    expect(found(rules, 'The New York  Times left New York for Washington D. C. .')).toEqual([
      ...['New York Times PAPER', 'New York CITY', 'Washington D. C . CITY'.replace('C . ', 'C. ')],
    ])
  })

  it('find strings of another case only where they are asked to', () => {
    expect(found('ada,PERSON', 'Ada met ADA .')).toEqual([])
    expect(found('ada,PERSON', 'Ada met ADA .', true)).toEqual(['Ada PERSON', 'ADA PERSON'])
  })

  it('leave out matches of patterns that begin or end within a word, and count letters beyond the first plane once', () => {
    expect(found('/\\d+/,NUMBER', '𝔸𝔸 paid 30 for a B52 .')).toEqual(['30 NUMBER'])
  })
})
