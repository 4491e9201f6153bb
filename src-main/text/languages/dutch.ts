import { defineLanguage } from './language.ts'

export const dutch = defineLanguage({
  name: 'Dutch',
  beforeName: `dhr mevr mw mej dr drs prof ir ing mr ds st gebr fam hr fa kol kapt lt cf vgl`,
  beforeNumber: 'nr nrs blz p pp art afd fig afb dl hfdst par vol jg tel ca v n',
  elsewhere: `geb bijv bv etc enz evt incl excl resp ca o a d w z m b t i v g jl jan feb mrt apr jun jul aug sept okt nov dec
    min max mln mld str pl chr fr ned vert uitg vs zgn zog jr sr`,
  starters: `De Het Een Hij Zij Ze Wij We Jij Je Ik Men Deze Dit Die Dat In Op Aan Bij Met Na Naar Van Voor Uit Door Over
    Onder Tot Sinds Om En Maar Of Want Als Toen Wanneer Omdat Hoewel Terwijl Zijn Haar Hun Daar Hier Dan Daarna Later
    Nu Vandaag Er Ook Zo Wie Wat Waar Hoe Waarom Volgens Tijdens ’s 's ’t 't`,
  compounds: 'Ph.D. M.Sc. B.Sc.',
  suffixes: 'str',
  frequent: `de het een en van in is op te dat die met voor zijn niet aan er door als ook bij naar uit om tot hij zij haar
    werd wordt was heeft worden maar over deze dit nog kan na`,
})
