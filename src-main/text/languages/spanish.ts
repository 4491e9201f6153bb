import { defineLanguage } from './language.ts'

export const spanish = defineLanguage({
  name: 'Spanish',
  beforeName: `sr sra srta sres sras dr dra dres prof profa d dña gral cnel cap tte sgto ing lic arq mons fr sto sta excmo
    excma ilmo ilma rvdo pbro hno hna vda ud uds vd vds c`,
  beforeNumber: 'p pp pág págs núm núms n no nro vol vols art arts cap caps fig figs t tel tfno av avda s',
  elsewhere: `etc ej aprox admón cía bco dpto depto edo ene feb abr may jun jul ago sept oct nov dic ee uu ff aa cc oo
    rr hh jj ss mm ltda inc máx mín trad ed eds op cit ibíd esp lat pl sing teléf izq dcha C`,
  starters: `El La Los Las Un Una Unos Unas Lo Él Ella Ellos Ellas Yo Tú Usted Nosotros Este Esta Estos Estas Ese Esa Eso
    Esto Aquel Aquella Su Sus Mi Mis En De Del Al A Por Para Con Sin Sobre Tras Desde Hasta Entre Durante Según Cuando
    Si Pero Y O Como Que Quien Aunque Sin Después Antes Luego Entonces Hoy Ayer Ahora Además También Así No Ya Se ¿ ¡`,
  compounds: 'EE.UU. FF.AA. RR.HH. CC.OO. JJ.OO. SS.MM. Ph.D.',
  frequent: `el la los las de del que y en un una es por con para se no al lo su sus como más fue pero ha sido este esta
    son o entre cuando también sobre desde era están había`,
  letters: 'ñ¿¡',
})
