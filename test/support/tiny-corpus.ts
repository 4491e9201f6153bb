/** A made-up corpus that a model learns in seconds, as triple JSON: who founded or led which company, and where it is. */
import { createRandom } from '#main/models/shared/random'

const people = ['Ilse Dorn', 'Tam Okwe', 'Mara Velt', 'Jon Reed', 'Ada Lund', 'Piet Haan']
const companies = ['Fernhall', 'Nordvane', 'Orbisk', 'Calden', 'Brightwell']
const places = ['Lunde', 'Tarnow', 'Hask', 'Velmar']

/** `count` records of one or two triples; the same seed gives the same text. */
export function tinyCorpus(count: number, seed: number): string {
  const random = createRandom(seed)
  const pick = (names: readonly string[]): string => names[random.integer(names.length)] ?? ''
  const records = Array.from({ length: count }, () => {
    const [person, company, verb] = [pick(people), pick(companies), pick(['founded', 'led'])]
    const place = random.uniform() < 0.5 ? pick(places) : null
    return {
      text: [person, verb, company, ...(place ? ['in', place] : []), '.'].join(' '),
      triple_list: [[person, verb, company], ...(place ? [[company, 'located_in', place]] : [])],
    }
  })
  return JSON.stringify(records)
}
