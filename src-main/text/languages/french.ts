import { defineLanguage } from './language.ts'

export const french = defineLanguage({
  name: 'French',
  beforeName: `M MM mm mme mmes mlle mlles mr dr drs pr prof me mgr ste sté ets gal col cdt cne lt st sr fr rev cf éd dir av bd`,
  beforeNumber: 'p pp n no nos vol t art chap ch fig tab éq al v env tél ann par r',
  elsewhere: `etc ex av apr janv févr fév avr juil sept oct nov déc hab env min max adj adv cie inc ltée dép arr réf
    trad coll suppl op cit ibid boul J.-C`,
  starters: `Le La Les Un Une Des Du De Il Elle Ils Elles On Nous Vous Je Tu Ce Cet Cette Ces Cela Ça Son Sa Ses Leur
    Leurs En À Au Aux Dans Par Pour Sur Sous Avec Sans Après Avant Depuis Pendant Lorsque Quand Si Mais Et Ou Or Donc
    Car Puis Ensuite Enfin Alors Aujourd’hui Ainsi Selon Comme Qui Que Quel Quelle Cependant Toutefois Pourtant
    L’ L' D’ D' C’ C' J’ J' S’ S' N’ N' Qu’ Qu'`,
  compounds: 'J.-C. J.-P. J.-M. J.-L. J.-J. J.-B. Ph.D. M.Sc.',
  elisions: 'l d c j m n s t qu jusqu lorsqu puisqu quoiqu presqu quelqu',
  frequent: `le la les de des du un une et est en à dans que qui pour par sur au aux avec il elle ils ce cette son sa ses
    a été ne pas plus se l d qu ou mais sont leur fut dont comme`,
  letters: 'çœèêëîïûù',
})
