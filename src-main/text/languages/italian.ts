import { defineLanguage } from './language.ts'

export const italian = defineLanguage({
  name: 'Italian',
  beforeName: `sig sigg sig.ra sig.na dott dr prof ing avv arch geom rag on sen gen col cap magg ten mons fr s ss card
    spett egr gent cav comm cfr v`,
  beforeNumber: 'p pp pag pagg n nn nr num vol voll art artt cap capp fig figg tab t tel ca sec',
  elsewhere: `ecc es gen feb mar apr mag giu lug ago sett ott nov dic ca ind int coop soc dip
    uff trad op cit ibid min max lat a d c`,
  starters: `Il Lo La I Gli Le Un Uno Una Egli Ella Lui Lei Essi Loro Noi Voi Io Tu Questo Questa Questi Queste Quello
    Quella Suo Sua Suoi Sue In Nel Nella Nei Nelle Di Del Della Dei Delle A Al Alla Ai Alle Da Dal Dalla Per Con Su Sul
    Sulla Tra Fra Dopo Prima Durante Quando Se Ma E Ed O Però Anche Poi Oggi Ieri Ora Così Come Che Chi Secondo Mentre
    Infatti Inoltre Tuttavia Non Si È L’ L' Un’ Un' Nell’ Nell' Dell’ Dell' All’ All' Dall’ Dall'`,
  compounds: 'sig.ra sig.na dott.ssa prof.ssa S.p.A. S.r.l. Ph.D.',
  elisions:
    'l un d c all dall dell nell sull coll quell quest bell sant grand tutt dov com cos anch nessun ciascun senz mezz',
  frequent: `il lo la i gli le di del della dei delle che e è in nel nella un una per con non si da dal dalla al alla come
    più sono anche ha suo sua o ma fu era stato questo questa essere`,
  letters: 'ìòù',
})
