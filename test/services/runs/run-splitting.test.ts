/** A run splits new text as most of the texts were split that it learnt from. */
import { describe, expect, it } from 'vitest'
import type { SplittingCount } from '#main/document/corpus-summary'
import { splittingOfRun } from '#main/services/runs/run-splitting'
import type { LanguageCode } from '#main/text/languages/languages'

const counted = (language: LanguageCode, documents: number, han: 'characters' | 'words' = 'characters') =>
  ({ splitting: { language, han, rules: 1 }, documents }) satisfies SplittingCount

describe('how a run splits new text', () => {
  it('is the language of nearly all of its documents', () =>
    expect(splittingOfRun([counted('de', 95), counted('en', 5), { splitting: null, documents: 300 }], [])).toEqual({
      language: 'de',
      han: 'characters',
      rules: 1,
    }))

  it('is the language of each text where its documents have several', () =>
    expect(splittingOfRun([counted('de', 60), counted('en', 40)], [])).toMatchObject({ language: 'found' }))

  it('adds up what was split by different rules', () =>
    expect(splittingOfRun([counted('zh', 50, 'words'), counted('zh', 45), counted('en', 5)], [])).toMatchObject({
      language: 'zh',
      han: 'words',
    }))

  it('is found in the words where the files gave them', () => {
    const given = [{ splitting: null, documents: 10 }]
    expect(splittingOfRun(given, ['Mara', '北京', '大学', '在'])).toMatchObject({ language: 'found', han: 'words' })
    expect(splittingOfRun(given, ['Mara', '北', '京', '大', '学'])).toMatchObject({ han: 'characters' })
    expect(splittingOfRun([], [])).toMatchObject({ language: 'found', han: 'characters' })
  })
})
