/** Bibliography: what a report cites, as a list and as BibTeX. */
import type { FamilyName } from '#main/runs/family-name'
import { methods, worksOfFamilies, worksOfSources, type Work } from './cited-works.ts'

interface Entry {
  readonly key: string
  /** As it is listed. */
  readonly shown: string
  readonly bibtex: string
}

export interface Cited {
  /** Families of the models that were compared. */
  readonly families: readonly FamilyName[]
  /** Sources of the published figures that stand in the report. */
  readonly sources: readonly string[]
}

export function bibliographyOf({ families, sources }: Cited): Entry[] {
  const ofSources = Object.entries(worksOfSources).flatMap(([source, work]) =>
    sources.some((found) => found.startsWith(source)) ? [work] : [],
  )
  const works = new Set([...families.flatMap((family) => worksOfFamilies[family]), ...ofSources, ...methods])
  return [...works].map((work) => ({ key: work.key, shown: shown(work), bibtex: bibtex(work) }))
}

/** "K. Sun, R. Zhang and X. Liu. Title. AAAI, 2021." */
function shown({ authors, title, place, shortPlace = place, volume, number, pages, year, use }: Work): string {
  const issue = volume === undefined ? '' : ` ${volume}${number === undefined ? '' : `(${number})`}`
  const where = [`${shortPlace}${issue}`, ...(pages === undefined ? [] : [pages]), String(year)].join(', ')
  return `${listed(authors)}. ${title}. ${where}.${use === undefined ? '' : ` (${use}.)`}`
}

function listed(authors: readonly string[]): string {
  if (authors.at(-1) === 'others') return `${authors.slice(0, -1).map(shortName).join(', ')} et al`
  const names = authors.map(shortName)
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

/** "Mao, Xian-Ling" → "X.-L. Mao". */
function shortName(author: string): string {
  const [family = '', given = ''] = author.split(', ')
  const initials = given.split(' ').map((name) =>
    name
      .split('-')
      .map((part) => `${part.charAt(0)}.`)
      .join('-'),
  )
  return `${initials.join(' ')} ${family}`
}

const placeFields = { article: 'journal', book: 'publisher', inproceedings: 'booktitle' } as const

function bibtex({ key, kind, authors, title, place, volume, number, pages, year }: Work): string {
  const fields = Object.entries({
    ...{ author: authors.join(' and '), title: withCapitals(title), [placeFields[kind]]: place },
    ...{ volume, number, pages: pages?.replace('–', '--'), year },
  }).filter(([, value]) => value !== undefined)
  return `@${kind}{${key},\n${fields.map(([name, value]) => `  ${name} = {${value}}`).join(',\n')}\n}`
}

/** Words with capitals within them stay as they are in any style: "{MultiBERTs}". */
const withCapitals = (title: string): string => title.replaceAll(/\b\w+[A-Z]\w*/g, '{$&}')
