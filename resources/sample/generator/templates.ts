/**
 * Clauses with slots: P Q R persons, C D E companies, L M N places, W V works; {year}, {goods} and the like are filled from
 * word lists. After the bar: the relations that the clause states.
 */

export const clauses: readonly string[] = [
  // persons and companies
  '{P} founded {C} in {year} | P founded C',
  '{C} was founded by {P} | P founded C',
  '{C}, a maker of {goods}, was started by {P} in {L} | P founded C',
  '{P} and {Q} founded {C} after leaving university | P founded C; Q founded C',
  'the {trade} {P} founded {C} and still works there | P founded C; P works_for C',
  '{P} set up {C} with borrowed money | P founded C',
  '{P}, who founded {C}, rarely speaks to the press | P founded C',
  'the founder of {C}, {P}, has retired | P founded C',
  '{P} has worked for {C} since {year} | P works_for C',
  '{P} joined {C} as a {trade} | P works_for C',
  '{P} founded {C} and has worked for it ever since | P founded C; P works_for C',
  '{P}, who was born in {L}, works for {C} in {M} | P born_in L; P works_for C',
  '{C} hired {P} to design {goods} | P works_for C',
  '{P}, a {trade} at {C}, asked for more time | P works_for C',
  'both {P} and {Q} work for {C} | P works_for C; Q works_for C',
  '{C} employs {P} as its {trade} | P works_for C',
  '{P} is employed by {C}, the company that {Q} founded | P works_for C; Q founded C',
  'at {C}, {P} leads a small team | P works_for C',
  // persons and places
  '{P} was born in {L} | P born_in L',
  '{P}, born in {L}, grew up by the sea | P born_in L',
  'born in {L} in {year}, {P} first worked as a {trade} | P born_in L',
  '{P} lives in {L} | P lives_in L',
  '{P} was born in {L} but now lives in {M} | P born_in L; P lives_in M',
  '{P} was born in {L} and has never lived anywhere else | P born_in L; P lives_in L',
  '{P} has lived in {L} since {year} | P lives_in L',
  '{P} moved to {L} as a child and lives there to this day | P lives_in L',
  '{L} is the birthplace of {P} | P born_in L',
  '{P} was born in {L} and still lives there | P born_in L; P lives_in L',
  '{P} and {Q}, who are married, were both born in {L} and live there | P married_to Q; P born_in L; Q born_in L; P lives_in L; Q lives_in L',
  'born in {L}, {P} founded {C} in {M} and lives there | P born_in L; P founded C; P lives_in M',
  '{L} is where {P} was born and where {Q} lives | P born_in L; Q lives_in L',
  '{P} and {Q} were both born in {L} | P born_in L; Q born_in L',
  'a native of {L}, {P} settled in {M} | P born_in L; P lives_in M',
  'the {trade} {P} keeps a house in {L}, where the family lives | P lives_in L',
  // couples
  '{P} married {Q} in {year} | P married_to Q',
  '{P} is married to {Q}, a {trade} | P married_to Q',
  '{P} and the {trade} {Q} were married in {L} | P married_to Q',
  '{P}, married to {Q} for twenty years, was born in {L} | P married_to Q; P born_in L',
  '{P}, who is married to {Q}, lives in {L} | P married_to Q; P lives_in L',
  '{P} met {Q} at {C}, and a year later the two were married | P married_to Q',
  // companies and places
  '{C} is based in {L} | C based_in L',
  '{C}, based in {L}, makes {goods} | C based_in L',
  '{C} has its head office in {L} | C based_in L',
  'the {L} company {C} sells {goods} | C based_in L',
  '{C} moved its headquarters from {L} to {M} | C based_in M',
  'from its headquarters in {L}, {C} ships {goods} to three countries | C based_in L',
  'both {C} and {D} are based in {L} | C based_in L; D based_in L',
  '{P} founded {C}, which is based in {L} | P founded C; C based_in L',
  '{P} works for the {L} company {C} | P works_for C; C based_in L',
  '{P} founded {C} in {L}, where it still has its headquarters | P founded C; C based_in L',
  // companies among themselves
  '{C} acquired {D} in {year} | C acquired D',
  '{D} was acquired by {C} for an undisclosed sum | C acquired D',
  '{C} bought its rival {D} | C acquired D',
  '{C} took over {D} and closed its works in {L} | C acquired D',
  'the takeover of {D} by {C} surprised the market | C acquired D',
  '{C}, which had already bought {D}, went on to buy {E} | C acquired D; C acquired E',
  'shareholders of {D}, based in {L}, agreed to be bought by {C} | C acquired D; D based_in L',
  '{C} bought {D} from its founder, {P} | C acquired D; P founded D',
  // works
  '{P} wrote {W} | P wrote W',
  '{W} was written by {P} | P wrote W',
  '{P}, the author of {W}, teaches at an evening school | P wrote W',
  'the novel {W}, by {P}, sold poorly at first | P wrote W',
  '{P} wrote both {W} and {V} | P wrote W; P wrote V',
  '{P} and {Q} wrote {W} together | P wrote W; Q wrote W',
  '{C} published {W} in {year} | C published W',
  '{W}, published by {C}, won a small prize | C published W',
  '{P} wrote {W}, which {C} published | P wrote W; C published W',
  '{W} by {P} was turned down twice before {C} published it | P wrote W; C published W',
  'in {W}, {P} describes a childhood in {L} | P wrote W',
  '{P}, who wrote {W}, lives in {L} | P wrote W; P lives_in L',
  '{P}, an editor at {C}, published nothing but wrote {W} in secret | P works_for C; P wrote W',
]

/** Clauses that name things and state none of the relations: what a model must learn to leave alone. */
export const distractors: readonly string[] = [
  '{P} visited {L} in {year} |',
  '{P} has never been to {L} |',
  '{P} declined an offer from {C} |',
  '{C} opened a shop in {L} |',
  '{C} and {D} called off their merger |',
  '{C} denied that it would buy {D} |',
  '{P} gave a talk about {W} in {L} |',
  '{P} reviewed {W} for a local paper |',
  '{P} and {Q} met in {L} |',
  '{P} is often mistaken for {Q} |',
  'the road from {L} to {M} was closed |',
  'a copy of {W} was found in {L} |',
  '{C} sued {D} over {goods} |',
  '{P} would have liked to work for {C} |',
]

/** Two clauses in one sentence. */
export const joints: readonly string[] = ['{1}, and {2}', '{1}, while {2}', '{1}; {2}', '{1}, but {2}']

/** What may stand before a clause. */
export const openings: readonly string[] = [
  'According to the town archive, ',
  'In an old letter one reads that ',
  'It is well known that ',
  'As far as anyone remembers, ',
  'The report says that ',
  'To the surprise of many, ',
  'On a wet evening in {month}, the radio said that ',
]

export const fillers: Readonly<Record<string, readonly string[]>> = {
  goods: [
    'telescopes',
    'fishing nets',
    'school desks',
    'pocket watches',
    'rye bread',
    'garden tools',
    'harbour cranes',
    'wool blankets',
    'weather balloons',
    'bicycle lamps',
    'water pumps',
    'printing ink',
  ],
  trade: [
    'surveyor',
    'chemist',
    'baker',
    'cellist',
    'lawyer',
    'teacher',
    'pilot',
    'editor',
    'botanist',
    'engineer',
    'nurse',
  ],
  month: ['January', 'March', 'April', 'June', 'September', 'November'],
  year: Array.from({ length: 70 }, (_, index) => String(1950 + index)),
}
