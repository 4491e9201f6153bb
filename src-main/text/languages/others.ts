/** Languages that are known by their script, and a few whose abbreviations are short lists. */
import { defineLanguage } from './language.ts'

export const ukrainian = defineLanguage({
  name: 'Ukrainian',
  beforeName: 'ім проф акад доц вул пл просп пров смт обл п св',
  beforeNumber: 'стор рис табл гл буд кв ст д с',
  elsewhere:
    'р рр м тис млн млрд т д п грн коп ін див напр хв год січ лют бер квіт трав черв лип серп вер жовт лист груд',
  starters: `Він Вона Воно Вони Ми Ви Я Ти Це Цей Ця Ці Той Та Те Його Її Їх У В На З Із До Від За Під Над При Для Без Після
    Перед Між Коли Якщо Але І Й А Або Однак Хоча Потім Тоді Сьогодні Тепер Там Тут Також Як Що Хто Де Чому Не`,
  frequent:
    'і в на не що він вона з по із як до від за його це для був була були але у та при або так їх який яка після',
  letters: 'іїєґ',
})

export const greek = defineLanguage({
  name: 'Greek',
  beforeName: 'κ κα κος κκ δρ καθ αγ λεωφ',
  beforeNumber: 'αρ σελ τ',
  elsewhere: 'π χ κ λ δηλ κτλ κλπ βλ Χ μ δισ εκατ χλμ',
  starters:
    'Ο Η Το Οι Τα Τον Την Αυτός Αυτή Αυτό Στο Στη Στην Στον Σε Από Με Για Και Αλλά Όταν Αν Μετά Πριν Όμως Ένας Μια',
  terminators: ';',
})

export const polish = defineLanguage({
  name: 'Polish',
  beforeName: 'dr prof mgr inż ks bp abp gen płk mjr kpt św ul al pl hab ppłk red',
  beforeNumber: 'nr s str t ur zm ok poz tel',
  elsewhere: 'r w n e np tzn itd itp m in tj tys mln mld zob wg godz min gr tzw ds ang niem łac jw ww',
  starters: `On Ona Ono Oni One My Wy Ja Ty To Ten Ta Te W We Na Z Ze Do Od Po Za Pod Nad Przy Dla Bez Przez Przed Gdy Jeśli
    Ale I A Lub Jednak Potem Wtedy Dziś Teraz Tam Tu Także Jak Co Kto Gdzie Jego Jej Ich Nie`,
  frequent: 'i w na z do nie się jest że to jak od po przez przy dla który która był była oraz za a jego ale ich',
  letters: 'ąęłńśźż',
  hasOrdinals: true,
})

export const swedish = defineLanguage({
  name: 'Swedish',
  beforeName: 'dr prof st fr hr',
  beforeNumber: 'nr s sid kap art c ca',
  elsewhere: 'bl a t ex d v s dvs osv etc resp f d m fl jan feb aug sept okt nov dec milj st tr inkl exkl jfr ung',
  starters:
    'Det Den De Han Hon Vi Ni Jag Du Man En Ett I På Av Med Efter Före Från Till För Och Men När Om Som Där Här Då Sedan Hans Hennes Deras Detta Denna',
  frequent: 'och i att det som en på är av för med till den har de inte om ett han hon var från men efter vid blev',
  letters: 'åäö',
})

export const czech = defineLanguage({
  name: 'Czech',
  beforeName: 'dr prof ing mgr mudr judr phdr doc sv p pí gen plk ul nám tř',
  beforeNumber: 'č s str sv odst čl tel r cca',
  elsewhere: 'n l př atd apod např tzv tj tis mil mld resp ap kr ml st vs zkr',
  starters:
    'On Ona Ono Oni My Vy Já Ty To Ten Ta V Ve Na Z Ze Do Od Po Za Pod Nad Při Pro Bez Před Když Ale A Nebo Však Potom Pak Dnes Tam Tady Také Jak Co Kdo Kde Jeho Její Jejich',
  frequent: 'a v se na je že s z do to o k ve pro byl byla který která jeho od po za při také jako ale',
  letters: 'ěščřžůťď',
  hasOrdinals: true,
})

export const turkish = defineLanguage({
  name: 'Turkish',
  beforeName: 'dr prof doç yrd sn bkz hz',
  beforeNumber: 'no s sf cilt',
  elsewhere: 'vb vs örn yy mah cad sok ltd şti ör',
  starters: 'O Bu Şu Bir Ben Sen Biz Siz Onlar Onun Ancak Ama Ve Daha Sonra Daha Bugün Orada Burada Her Çünkü Eğer',
  frequent: 've bir bu da de için ile olarak olan en çok daha gibi kadar sonra o ne ancak ise',
  letters: 'ğışİ',
  hasOrdinals: true,
})

/** Languages of which only the script and the marks that end a sentence are known. */
/** Titles of English names, which stand in texts of any language. */
const titles = 'mr mrs ms dr prof st'

export const chinese = defineLanguage({ name: 'Chinese', beforeName: titles })
export const japanese = defineLanguage({ name: 'Japanese', beforeName: titles })
export const korean = defineLanguage({ name: 'Korean', beforeName: titles })
export const thai = defineLanguage({ name: 'Thai', beforeName: titles })
export const lao = defineLanguage({ name: 'Lao', beforeName: titles })
export const khmer = defineLanguage({ name: 'Khmer', beforeName: titles })
export const burmese = defineLanguage({ name: 'Burmese', beforeName: titles })
export const arabic = defineLanguage({ name: 'Arabic', beforeName: `${titles} د أ م` })
export const persian = defineLanguage({ name: 'Persian', beforeName: titles })
export const urdu = defineLanguage({ name: 'Urdu', beforeName: titles })
export const hebrew = defineLanguage({ name: 'Hebrew', beforeName: titles })
export const hindi = defineLanguage({ name: 'Hindi', beforeName: `${titles} डॉ प्रो पं` })
export const armenian = defineLanguage({ name: 'Armenian', beforeName: titles })
export const amharic = defineLanguage({ name: 'Amharic', beforeName: titles })
export const georgian = defineLanguage({ name: 'Georgian', beforeName: titles })
/** Any other language: only initials, dotted letters and the marks of Unicode are known. */
export const other = defineLanguage({ name: 'another language', beforeName: titles })
