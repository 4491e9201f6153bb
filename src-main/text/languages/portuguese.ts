import { defineLanguage } from './language.ts'

export const portuguese = defineLanguage({
  name: 'Portuguese',
  beforeName: `sr sra srs sras srta dr dra drs dras prof profa exmo exma ilmo ilma eng enga arq gen gal cel cap ten sgt
    maj pe d sto sta v ver cf`,
  beforeNumber: 'p pp pág págs pag n nº núm num vol vols art arts cap caps fig figs tab t tel séc',
  elsewhere: `etc ex aprox cia ltda dep depto jan fev abr mai jun jul ago set out nov av trav eua máx mín trad ed
    op cit ibid adm univ C`,
  starters: `O A Os As Um Uma Uns Umas Ele Ela Eles Elas Eu Nós Você Vocês Este Esta Estes Estas Esse Essa Isso Isto Aquele
    Aquela Seu Sua Seus Suas Em No Na Nos Nas De Do Da Dos Das Ao À Aos Às Por Pelo Pela Para Com Sem Sobre Após Desde
    Até Entre Durante Segundo Quando Se Mas E Ou Como Que Quem Embora Depois Antes Então Hoje Ontem Agora Além Também
    Assim Não Já Porém`,
  compounds: 'Ph.D. M.Sc.',
  frequent: `o a os as de do da dos das que e em no na nos nas um uma para com não por pelo pela se ao à mais como foi é
    são seu sua ou mas também entre quando ele ela era ser tem`,
  letters: 'ãõ',
})
