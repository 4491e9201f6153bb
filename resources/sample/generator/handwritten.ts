/** Twenty longer sentences by hand: [text|TYPE] marks an entity; what the sentence states stands below it. */

export interface HandwrittenSentence {
  readonly split: 'train' | 'dev' | 'test'
  readonly text: string
  /** "subject > relation > object", by the entities' own words. */
  readonly triples: readonly string[]
}

export const handwritten: readonly HandwrittenSentence[] = [
  {
    split: 'train',
    text: 'Although [Agathe Brennow|PERSON] was born in [Stavness|PLACE] and spent her twenties at sea, she is remembered in [Lunholm|PLACE], where she lived for forty years, mostly as the woman who founded [Perastone Optics|COMPANY].',
    triples: [
      'Agathe Brennow > born_in > Stavness',
      'Agathe Brennow > lives_in > Lunholm',
      'Agathe Brennow > founded > Perastone Optics',
    ],
  },
  {
    split: 'train',
    text: 'When [Corvane Press|COMPANY], a family business based in [Old Ashmark|PLACE], agreed to publish [The Ferryman at Noon|WORK], its author [Bruno Fennard|PERSON] had already been turned away by eleven other houses.',
    triples: [
      'Corvane Press > based_in > Old Ashmark',
      'Corvane Press > published > The Ferryman at Noon',
      'Bruno Fennard > wrote > The Ferryman at Noon',
    ],
  },
  {
    split: 'train',
    text: 'The merger was presented as a partnership of equals, but everybody at [Talmere Foods|COMPANY] understood that [Grangate Group|COMPANY] had simply bought the company, and that [Sibyl Norwell|PERSON], who had founded it, would be gone by Christmas.',
    triples: ['Grangate Group > acquired > Talmere Foods', 'Sibyl Norwell > founded > Talmere Foods'],
  },
  {
    split: 'train',
    text: 'Neither [Konrad Pellow|PERSON] nor his wife, [Amalia Dorner|PERSON], who both work for [Helmark Marine|COMPANY] in [Grawick Bay|PLACE], could say afterwards which of them had left the gate open.',
    triples: [
      'Konrad Pellow > married_to > Amalia Dorner',
      'Konrad Pellow > works_for > Helmark Marine',
      'Amalia Dorner > works_for > Helmark Marine',
    ],
  },
  {
    split: 'train',
    text: 'In a letter that was only found last year, [Ottilie Hardt|PERSON] complains that [Notes from a Cold Kitchen|WORK], which she wrote in a single winter, was published by [Lumex Press|COMPANY] without the chapter on bread.',
    triples: [
      'Ottilie Hardt > wrote > Notes from a Cold Kitchen',
      'Lumex Press > published > Notes from a Cold Kitchen',
    ],
  },
  {
    split: 'train',
    text: 'For years the two brothers ran competing workshops on the same street of [Elminster|PLACE]: [Jonas Wendrin|PERSON] founded [Wendrin Clocks|COMPANY], and [Paul Wendrin|PERSON], out of spite some say, founded [Second Hand Works|COMPANY] right across from it.',
    triples: ['Jonas Wendrin > founded > Wendrin Clocks', 'Paul Wendrin > founded > Second Hand Works'],
  },
  {
    split: 'train',
    text: 'Having sold [Drayley Records|COMPANY] to [Octgate Media|COMPANY], [Leontine Moreau|PERSON] moved back to [Rabholm|PLACE], the village where she was born, and has lived there, growing apples, ever since.',
    triples: [
      'Octgate Media > acquired > Drayley Records',
      'Leontine Moreau > born_in > Rabholm',
      'Leontine Moreau > lives_in > Rabholm',
    ],
  },
  {
    split: 'train',
    text: 'The plaque on the house says that the chemist [Edgar Yarby|PERSON] was born here, in [Creford|PLACE], although the parish register, the only document that survives, names [Upper Creford|PLACE] instead.',
    triples: ['Edgar Yarby > born_in > Creford'],
  },
  {
    split: 'dev',
    text: 'Before she wrote [A Map of Small Rooms|WORK], the book that made her name, [Henrike Vossel|PERSON] worked for [Solora Textiles|COMPANY], a mill based in [Melbury|PLACE] that was later bought by [Mirdex Holdings|COMPANY].',
    triples: [
      'Henrike Vossel > wrote > A Map of Small Rooms',
      'Henrike Vossel > works_for > Solora Textiles',
      'Solora Textiles > based_in > Melbury',
      'Mirdex Holdings > acquired > Solora Textiles',
    ],
  },
  {
    split: 'dev',
    text: 'It was in [Port Dunness|PLACE], during a strike that neither of them supported, that [Magnus Torberg|PERSON] met [Ella Quilnik|PERSON], whom he married before the year was out.',
    triples: ['Magnus Torberg > married_to > Ella Quilnik'],
  },
  {
    split: 'dev',
    text: 'Reporters who travelled to [Nemfield|PLACE] expecting to find the headquarters of [Zelium Energy|COMPANY] found a locked garage; the company, its lawyer explained, had been based in [Kormouth|PLACE] for some time.',
    triples: ['Zelium Energy > based_in > Kormouth'],
  },
  {
    split: 'test',
    text: 'By the time [Astermark Labs|COMPANY] bought [Kestline Instruments|COMPANY], the workshop in [Winholm|PLACE] that [Rufus Lindeau|PERSON] had founded with two lathes and a loan, it employed four hundred people and made half the barometers sold in the country.',
    triples: ['Astermark Labs > acquired > Kestline Instruments', 'Rufus Lindeau > founded > Kestline Instruments'],
  },
  {
    split: 'test',
    text: 'The jury praised [Twelve Quiet Harbours|WORK], a novel that [Irma Sabova|PERSON] wrote while she worked for [Fennwick Press|COMPANY], which, in a twist that amused her, refused to publish it.',
    triples: ['Irma Sabova > wrote > Twelve Quiet Harbours', 'Irma Sabova > works_for > Fennwick Press'],
  },
  {
    split: 'test',
    text: '[Casimir Amberg|PERSON], who was born in [Osthaven|PLACE] and lives in [Peldun|PLACE] with his wife, the cellist [Dorte Galsen|PERSON], has refused for decades to say why he left the first town or chose the second.',
    triples: [
      'Casimir Amberg > born_in > Osthaven',
      'Casimir Amberg > lives_in > Peldun',
      'Casimir Amberg > married_to > Dorte Galsen',
    ],
  },
  {
    split: 'test',
    text: 'Of the three companies that [Valerie Kestov|PERSON] founded, only [Brawick Robotics|COMPANY], which is still based in [Vorgate|PLACE], has ever made a profit; [Soldex Toys|COMPANY] failed within a year, and [Granora|COMPANY] was bought by [Talvex Group|COMPANY].',
    triples: [
      'Valerie Kestov > founded > Brawick Robotics',
      'Valerie Kestov > founded > Soldex Toys',
      'Valerie Kestov > founded > Granora',
      'Brawick Robotics > based_in > Vorgate',
      'Talvex Group > acquired > Granora',
    ],
  },
  {
    split: 'test',
    text: 'Contrary to what the guidebook claims, the painter never lived in [Selbridge|PLACE]; it was her sister, [Judith Hallow|PERSON], who lived there, in the tall house that [Corium Brothers|COMPANY] later turned into a warehouse.',
    triples: ['Judith Hallow > lives_in > Selbridge'],
  },
  {
    split: 'test',
    text: 'When asked how [Lumgate Press|COMPANY], a publisher of railway timetables, had come to publish [The Astronomer in the Attic|WORK], [Theodor Garvig|PERSON], who wrote it, shrugged and said that nobody else in [Harstad|PLACE] owned a printing machine.',
    triples: [
      'Lumgate Press > published > The Astronomer in the Attic',
      'Theodor Garvig > wrote > The Astronomer in the Attic',
    ],
  },
  {
    split: 'test',
    text: 'The notary [Regina Josten|PERSON] and the sailor [Alwin Morsel|PERSON], both born in [Upper Melham|PLACE] and both employed by [Nordgate Marine|COMPANY], were married on a Tuesday because the ferry did not run at weekends.',
    triples: [
      'Regina Josten > married_to > Alwin Morsel',
      'Regina Josten > born_in > Upper Melham',
      'Alwin Morsel > born_in > Upper Melham',
      'Regina Josten > works_for > Nordgate Marine',
      'Alwin Morsel > works_for > Nordgate Marine',
    ],
  },
  {
    split: 'test',
    text: 'Rumours that [Pointvex Energy|COMPANY] would acquire [Miralon Mills|COMPANY] proved false, but they were enough to make [Sabine Brenova|PERSON], who had founded the mills in [Ellbury Falls|PLACE], sell her shares and write [How Not to Sell|WORK].',
    triples: ['Sabine Brenova > founded > Miralon Mills', 'Sabine Brenova > wrote > How Not to Sell'],
  },
  {
    split: 'test',
    text: 'After the flood, [Holberg Instruments|COMPANY] gave up its old factory and moved its headquarters to [Dunbury Hill|PLACE], where [Wilhelmina Okner|PERSON], the engineer whom it had hired that spring, already lived.',
    triples: [
      'Holberg Instruments > based_in > Dunbury Hill',
      'Wilhelmina Okner > lives_in > Dunbury Hill',
      'Wilhelmina Okner > works_for > Holberg Instruments',
    ],
  },
]
