/** Invented names, put together from parts: persons, companies, places and works that do not exist. */
import type { Random } from '#main/models/shared/random'
import type { EntityTypeName } from './labels.ts'

const firstNames =
  'Mara Ilse Tam Bea Jon Lia Oskar Nadia Pavel Runa Selma Tobin Ursa Viktor Wanda Yorick Zora Aldo Brita Casper Dunja Emil Freya Gregor Hanne Ivo Jutta Kaspar Lotte Milan Nils Odile Petra Quentin Rosalind Stellan Thea Ulla Verena Willem Anselm Birk Clara Davor Edda Florin Greta Henrik Ines Jasper Kaia Leopold Marit Noor Otto Perla Rasmus Sunniva Tilde Vidar'.split(
    ' ',
  )
const surnameHeads = 'Vel Dor Ok Rus Am Mor Hal Bren Kest Lind Tor Sab Quil Nor Fen Gar Jost Pell Wend Yar'.split(' ')
const surnameTails = 'dt nik we ker sel eau vig ner rin berg sen ova ski mann by well ard ini oss ow'.split(' ')
const stemHeads = 'Or Nord Kes Tes Quil Vant Bra Hel Cor Lum Aster Pera Sol Gran Mir Tal Fenn Oct Zel Dray'.split(' ')
const stemTails = 'bisk vane trel sel lon ara dex ium mark wick ora vex line gate hall point mere stone cast ley'.split(
  ' ',
)
const companyEnds =
  'Labs,Works,Foods,Press,Instruments,Marine,Textiles,Group,Energy,Robotics,Mills,Optics,Records,Brothers,Holdings,Media,,,,'.split(
    ',',
  )
const placeHeads = 'Tar Lun Brod Har Sel Win Mel Ost Pel Gra Kor Dun Ash Vor Ell Rab Cre Stav Nem Hol'.split(' ')
const placeTails =
  'now de burg ford mouth vale haven stad wick ham bridge minster field mark berg gate holm bury ness ley'.split(' ')
const placeFronts = 'Port,Old,Upper,Saint,New,,,,,,,,,,'.split(',')
const placeBacks = 'Harbour,Falls,Bay,Hill,,,,,,,,,,'.split(',')
const adjectives =
  'Silent Hollow Northern Borrowed Patient Crooked Winter Glass Distant Second Quiet Salt Early Burning'.split(' ')
const nouns =
  'Orchard Lantern River Winter Ladder Harvest Archive Mirror Compass Garden Tide Threshold Weaver Almanac Bridge'.split(
    ' ',
  )
const plurals = 'Maps Letters Songs Notes Stories Lessons Shadows Voices'.split(' ')
const themes = 'Rain Dust Exile Summer Stone Memory Distance Bread Silence Iron'.split(' ')

const pick = <Item>(random: Random, items: readonly Item[]): Item => {
  const item = items[random.integer(items.length)]
  if (item === undefined) throw new Error('There is nothing to pick from')
  return item
}

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ')

const makers: Record<EntityTypeName, (random: Random) => string> = {
  PERSON: (random) => `${pick(random, firstNames)} ${pick(random, surnameHeads)}${pick(random, surnameTails)}`,
  COMPANY: (random) => joined(pick(random, stemHeads) + pick(random, stemTails), pick(random, companyEnds)),
  PLACE: (random) =>
    joined(pick(random, placeFronts), pick(random, placeHeads) + pick(random, placeTails), pick(random, placeBacks)),
  WORK: (random) =>
    pick(random, [
      () => `The ${pick(random, adjectives)} ${pick(random, nouns)}`,
      () => `${pick(random, plurals)} of ${pick(random, themes)}`,
      () => `A ${pick(random, nouns)} of ${pick(random, themes)}`,
      () => `The ${pick(random, nouns)} and the ${pick(random, nouns)}`,
    ])(),
}

/** So many names of each type: few enough to come back, so many that pairs do not. */
const poolSizes: Record<EntityTypeName, number> = { PERSON: 420, COMPANY: 260, PLACE: 170, WORK: 220 }

/** A source of names by type; within one sentence it never gives the same name twice. */
export function createNames(random: Random): (type: EntityTypeName, taken: ReadonlySet<string>) => string {
  const pools = new Map<EntityTypeName, readonly string[]>()
  const poolOf = (type: EntityTypeName): readonly string[] => {
    const known = pools.get(type)
    if (known) return known
    const names = new Set<string>()
    while (names.size < poolSizes[type]) names.add(makers[type](random))
    pools.set(type, [...names])
    return [...names]
  }
  return (type, taken) => {
    for (;;) {
      const name = pick(random, poolOf(type))
      // one name inside another would leave open which of the two is meant
      if (![...taken].some((other) => other.includes(name) || name.includes(other))) return name
    }
  }
}
