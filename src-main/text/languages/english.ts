import { defineLanguage } from './language.ts'

/** Abbreviations that are also common words (no, fig, art) are ones only before a number. */
export const english = defineLanguage({
  name: 'English',
  beforeName: `mr mrs ms mx dr prof rev fr sr st ste gen maj col capt lt sgt cpl cmdr adm sen rep gov pres hon mt messrs
    mme mlle v vs`,
  beforeNumber: 'no nos fig figs sec sect vol vols p pp ch chap art arts eq eqs b d c ca r fl est par para ed nr',
  elsewhere: `jr inc ltd corp co bros llc plc dept univ assn approx etc al jan feb apr jun jul aug sept oct nov dec ave
    blvd`,
  starters: `The A An He She It They We You I In On At By For From After Before When While If As But And This That These
    Those His Her Its Their There Although However Since Until Once Today Later Then`,
  compounds: 'Ph.D. M.Sc. B.Sc. D.Phil. M.Phil. Ed.D. LL.B. LL.M.',
  frequent: `the of and to in is was for that with on as by at from it his are were be has had which this an or he she
    their they been who its not but also after into`,
})
