import { defineLanguage } from './language.ts'

export const german = defineLanguage({
  name: 'German',
  beforeName: `dr prof hr hrn fr frl dipl ing hl st gebr fa frhr kard bgm univ-prof priv-doz med phil jur rer nat habil theol`,
  beforeNumber: 'nr nrn bd bde abb abs art kap tab ziff jh lfd aufl tel n ca s S',
  elsewhere: `z d h u a b i o ä e k m r g l t w c f v bzw ca usw etc evtl ggf inkl exkl bspw vgl sog gest geb verh verw
    zzgl abzgl insb allg urspr ehem jhd jh jhdt mio mrd tsd chr co str pl hbf std min sek okt nov dez jan feb aug sept
    ff hg hrsg übers vs österr schweiz dt engl frz lat griech wg mwst usf dgl anm bes röm inh em`,
  starters: `Der Die Das Den Dem Des Ein Eine Einen Einem Einer Er Sie Es Wir Ihr Ich Du In Im Am An Auf Bei Mit Nach Von
    Vom Vor Zu Zum Zur Für Aus Seit Bis Um Unter Über Und Aber Oder Doch Denn Wenn Als Da Weil Obwohl Während Dieser
    Diese Dieses Diesen Diesem Jener Jene Sein Seine Seinen Seiner Ihre Ihren Ihrem Ihrer Dort Hier Dann Danach Heute
    Später Damals Dabei Dazu Außerdem Jedoch Auch Nur Noch Nun So Wer Was Wie Wo Warum Man Kein Keine Beide Alle Viele
    Einige Zudem Dadurch Deshalb Daher Trotzdem`,
  compounds: 'Dipl.-Ing. Dr.-Ing. Dipl.-Kfm. Univ.-Prof. Ph.D. M.Sc. B.Sc. m.b.H.',
  suffixes: 'str',
  hasOrdinals: true,
  frequent: `der die das und ist von mit den dem des im in zu ein eine einer einem einen auf für sich nicht auch als an
    er sie es am wird wurde werden war aus bei nach hat haben sind oder aber über um durch zum zur vom seine ihre`,
  letters: 'ßäöü',
})
